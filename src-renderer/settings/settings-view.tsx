import { type ReactNode } from 'react';
import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { FailureCode } from '../../src-main/domain/failure.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import { THEMES } from '../../src-main/domain/settings.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Choice } from '../controls/choice.tsx';
import { WithPaths } from '../controls/path.tsx';
import { Switch } from '../controls/switch.tsx';
import { useEscape } from '../state/use-escape.ts';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';
import { FailureCards } from '../trouble/failure-cards.tsx';
import { About } from './about.tsx';
import { AccountsSetting } from './accounts-setting.tsx';
import { Advanced } from './advanced.tsx';
import { LanguageSetting } from './language-setting.tsx';
import { Outcome } from './outcome.tsx';
import { ServingSetting } from './serving-setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { useChoices } from './use-choices.ts';

interface SettingsViewProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
  /** The API key, or the way to one. */
  readonly apiKey: ReactNode;
  readonly onLeave: () => void;
}

/** What a person decides once, what they change first on top; each choice is saved as it is made. */
export function SettingsView({ snapshot, now, commands, apiKey, onLeave }: SettingsViewProps) {
  const { settings, startAtLogin, commandOnPath, surroundings } = snapshot;
  const { notifications } = settings;
  const words = useWords();
  const told = words.settings;
  const choices = useChoices(snapshot, commands);
  useEscape(onLeave);
  const troubleOf = (code: FailureCode) =>
    snapshot.troubles
      .filter((failure) => failure.code === code)
      .map((failure) => (
        <FailureCard key={code} failure={failure} accountId={DEFAULT_CREDENTIAL_ID} commands={commands} />
      ));
  return (
    <>
      <SettingsHead onLeave={onLeave} />
      <FailureCards
        snapshot={snapshot}
        accountId={snapshot.accounts[0]?.id ?? DEFAULT_CREDENTIAL_ID}
        offered={snapshot.accounts.length > 1 ? ['sign-in'] : []}
        except={BESIDE}
        commands={commands}
      />
      <section className="card settings" aria-label={told.app}>
        {startAtLogin !== null && (
          <div className="setting">
            <Switch label={told.startAtLogin} isOn={startAtLogin} onChange={choices.setStartAtLogin} />
            <Outcome told={choices.told('startAtLogin')} />
            {troubleOf('autostart-unchanged')}
          </div>
        )}
        {commandOnPath !== null && (
          <div className="setting">
            <Switch
              label={told.command.label}
              hint={
                <WithPaths text={told.command[commandOnPath.as](words.format.path(commandOnPath.path))} />
              }
              isOn={commandOnPath.isOn}
              onChange={choices.setCommandOnPath}
            />
            <Outcome told={choices.told('commandOnPath')} />
            {troubleOf('command-not-placed')}
          </div>
        )}
        <div className="setting">
          <Choice
            legend={told.theme}
            look="segments"
            options={THEMES.map((theme) => [theme, told.themes[theme]])}
            chosen={settings.theme}
            onChange={(theme) => choices.set('theme', { theme })}
          />
          <Outcome told={choices.told('theme')} />
        </div>
        <div className="setting">
          <LanguageSetting
            chosen={settings.language}
            ofSystem={surroundings.systemLanguage}
            onChange={(language) => choices.set('language', { language })}
          />
          <Outcome told={choices.told('language')} />
        </div>
      </section>
      <fieldset className="card settings">
        <legend className="label">{told.notify.title}</legend>
        {NOTIFICATIONS.map((name) => (
          <div key={name} className="setting">
            <Switch
              label={told.notify[name]}
              isOn={notifications[name]}
              onChange={(isOn) => choices.set(name, { notifications: { ...notifications, [name]: isOn } })}
            />
            <Outcome told={choices.told(name)} />
          </div>
        ))}
      </fieldset>
      {snapshot.accounts.length > 0 && <AccountsSetting snapshot={snapshot} now={now} commands={commands} />}
      <ServingSetting snapshot={snapshot} now={now} choices={choices} commands={commands} />
      {apiKey}
      <Advanced snapshot={snapshot} choices={choices} commands={commands} />
      <About snapshot={snapshot} now={now} choices={choices} commands={commands} />
    </>
  );
}

/** What stands under the setting that could not be made so. */
const BESIDE: readonly FailureCode[] = ['autostart-unchanged', 'command-not-placed'];

/** Most wanted first. */
const NOTIFICATIONS = ['needsYou', 'loginEnds', 'signedIn'] as const;
