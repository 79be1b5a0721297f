import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { BRINGERS } from '../../src-main/domain/updates.ts';
import { describeUpdates } from '../../src-main/words/update-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { Switch } from '../controls/switch.tsx';
import { useWords } from '../state/use-words.ts';
import { Outcome } from './outcome.tsx';
import type { useChoices } from './use-choices.ts';

interface UpdatesSettingProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly choices: ReturnType<typeof useChoices>;
  readonly commands: Commands;
}

/** What is known of newer versions, and what can be done about them. */
export function UpdatesSetting({ snapshot, now, choices, commands }: UpdatesSettingProps) {
  const words = useWords();
  const { updates, settings, surroundings } = snapshot;
  const texts = words.updates;
  const is = updates?.state.is;
  const installs = BRINGERS[surroundings.packageKind] === 'latchkey';
  return (
    <div className="setting">
      <p className="hint" role="status">
        {describeUpdates(words, updates, surroundings, now)}
      </p>
      {updates !== null && (
        <>
          <div className="about-report">
            {is === 'available' && installs && (
              <Button onPress={commands.downloadUpdate}>{texts.download}</Button>
            )}
            {is === 'available' && !isSkipped(snapshot) && (
              <Button look="link" onPress={commands.skipUpdate}>
                {texts.skip}
              </Button>
            )}
            {(is === 'idle' || is === 'current' || is === 'failed' || is === 'looking') && (
              <Button busy={is === 'looking'} onPress={commands.lookForUpdate}>
                {texts.look}
              </Button>
            )}
          </div>
          {installs && (
            <Switch
              label={texts.byItself}
              isOn={settings.updates === 'by-itself'}
              onChange={(isOn) => choices.set('updates', { updates: isOn ? 'by-itself' : 'ask' })}
            />
          )}
          <Outcome told={choices.told('updates')} />
        </>
      )}
    </div>
  );
}

function isSkipped({ updates }: Snapshot): boolean {
  return updates?.state.is === 'available' && updates.state.skipped;
}
