import type { Failure } from '../../src-main/domain/failure.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { ServingState } from '../../src-main/domain/serving.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import { describeHandedOut } from '../../src-main/words/serving-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { Path, WithPaths } from '../controls/path.tsx';
import { QuietCopy } from '../controls/quiet-copy.tsx';
import { Switch } from '../controls/switch.tsx';
import { useWords } from '../state/use-words.ts';
import { Outcome } from './outcome.tsx';
import type { useChoices } from './use-choices.ts';

interface ServingSettingProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly choices: ReturnType<typeof useChoices>;
  readonly commands: Commands;
}

/** Whether programs on this computer get tokens; where, and who got some. */
export function ServingSetting({ snapshot, now, choices, commands }: ServingSettingProps) {
  const { serving, settings } = snapshot;
  const { agent } = settings;
  const told = useWords().serving;
  return (
    <section className="card settings" aria-label={told.title}>
      <p className="label">{told.title}</p>
      <Switch
        label={told.serve}
        hint={told.serveHint}
        isOn={agent.serve}
        onChange={(serve) => choices.set('agent', { agent: { ...agent, serve } })}
      />
      {agent.serve && (
        <Switch
          label={told.ask}
          hint={told.askHint}
          isOn={agent.ask}
          onChange={(ask) => choices.set('agent', { agent: { ...agent, ask } })}
        />
      )}
      <Outcome told={choices.told('agent')} />
      {serving !== null && <Serving serving={serving} now={now} commands={commands} />}
    </section>
  );
}

interface ServingProps {
  readonly serving: ServingState;
  readonly now: Instant;
  readonly commands: Commands;
}

/** Why tokens are not served here. */
function Failed({ failure }: { readonly failure: Failure }) {
  const { title, explanation } = describeFailure(useWords(), failure, 'other');
  return (
    <div>
      <p>{title}</p>
      <p className="hint">
        <WithPaths text={explanation} />
      </p>
    </div>
  );
}

function Serving({ serving, now, commands }: ServingProps) {
  const words = useWords();
  const told = words.serving;
  const { path, kind, failure, handedOut } = serving;
  const isOpen = kind === 'open' || kind === 'opening';
  return (
    <>
      {failure !== null && <Failed failure={failure} />}
      {failure === null && (
        <div className="storage">
          <div className="storage-words">
            <span>{told.socket}</span>
            <Path path={words.format.path(path)} />
          </div>
          <QuietCopy label={told.copy} copied={told.copied} copy={() => commands.copySocketPath()} />
        </div>
      )}
      {kind === 'paused' && <p>{told.paused}</p>}
      {isOpen && handedOut.length === 0 && <p className="hint">{told.none}</p>}
      {handedOut.length > 0 && (
        <ul className="hint">
          {handedOut.map((each) => (
            <li key={JSON.stringify([each.program, each.accountId, each.lastAt])}>
              {describeHandedOut(words, each, now)}
            </li>
          ))}
        </ul>
      )}
      <div className="setting">
        <Button look="link" onPress={() => (isOpen ? commands.pauseServing() : commands.resumeServing())}>
          {isOpen ? told.pause : failure === null ? told.resume : words.help['try-again']}
        </Button>
      </div>
    </>
  );
}
