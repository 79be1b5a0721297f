import { useEffect } from 'react';
import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import { THEMES, TOKEN_HOSTS } from '../../src-main/domain/settings.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { isKeptAside } from '../../src-main/domain/whereabouts.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { Choice } from '../controls/choice.tsx';
import { Switch } from '../controls/switch.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';
import { LanguageSetting } from './language-setting.tsx';
import { PortSetting } from './port-setting.tsx';
import { ProxySetting } from './proxy-setting.tsx';
import { useChoices } from './use-choices.ts';

interface SettingsViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

/** What a person decides once; each choice is saved as it is made. */
export function SettingsView({ snapshot, commands, onLeave }: SettingsViewProps) {
  const { settings, startAtLogin, keychainTrouble, surroundings } = snapshot;
  const { notifications } = settings;
  const words = useWords();
  const { accounts, notify: notice, tokens, signIn, ...told } = words.settings;
  const choices = useChoices(snapshot, commands);
  const notify = (some: Partial<typeof notifications>) =>
    choices.set({ notifications: { ...notifications, ...some } });
  useEscape(onLeave);
  return (
    <>
      <h1>{told.title}</h1>
      {snapshot.troubles.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          accountId={snapshot.accounts[0]?.id ?? DEFAULT_CREDENTIAL_ID}
          offered={snapshot.accounts.length > 1 ? ['sign-in'] : []}
          isKeptAside={isKeptAside(snapshot)}
          commands={commands}
        />
      ))}
      <section className="card settings" aria-label={told.app}>
        {startAtLogin !== null && (
          <Switch label={told.startAtLogin} isOn={startAtLogin} onChange={choices.setStartAtLogin} />
        )}
        <Choice
          legend={told.theme}
          look="segments"
          options={THEMES.map((theme) => [theme, told.themes[theme]])}
          chosen={settings.theme}
          onChange={(theme) => choices.set({ theme })}
        />
        <LanguageSetting
          chosen={settings.language}
          ofSystem={surroundings.systemLanguage}
          onChange={(language) => choices.set({ language })}
        />
      </section>
      <fieldset className="card settings">
        <legend className="label">{notice.title}</legend>
        <Switch
          label={notice.needsYou}
          isOn={notifications.needsYou}
          onChange={(needsYou) => notify({ needsYou })}
        />
        <Switch
          label={notice.loginEnds}
          isOn={notifications.loginEnds}
          onChange={(loginEnds) => notify({ loginEnds })}
        />
        <Switch
          label={notice.signedIn}
          isOn={notifications.signedIn}
          onChange={(signedIn) => notify({ signedIn })}
        />
      </fieldset>
      {snapshot.accounts.length > 0 && (
        <section className="card settings" aria-label={accounts.title}>
          <div className="setting">
            <p className="label">{accounts.title}</p>
            <Button look="link" onPress={() => commands.signIn(null)}>
              {accounts.add}
            </Button>
            <p className="hint">{accounts.addHint}</p>
          </div>
        </section>
      )}
      <fieldset className="card settings">
        <legend className="label">{tokens.title}</legend>
        <div className="storage">
          <div className="storage-words">
            <span>{tokens.keptIn}</span>
            <span className="address">{words.format.path(surroundings.configFile)}</span>
          </div>
          <Button look="link" onPress={() => commands.showConfigFile()}>
            {tokens.showFile}
          </Button>
          <p className="hint">{tokens.keptInHint}</p>
        </div>
        <Switch
          label={tokens.keychain}
          {...(settings.keychain &&
            keychainTrouble !== null && {
              hint: describeFailure(words, keychainTrouble, 'refresh').explanation,
            })}
          isOn={settings.keychain}
          onChange={(keychain) => choices.set({ keychain })}
        />
      </fieldset>
      <fieldset className="card settings">
        <legend className="label">{signIn.title}</legend>
        <PortSetting
          port={settings.callbackPort}
          prescribed={surroundings.prescribedPort}
          onChange={(callbackPort, field) => choices.set({ callbackPort }, field)}
        />
        <Choice
          legend={signIn.tokenHost}
          hint={surroundings.practice ? signIn.tokenHostPractice : signIn.tokenHostHint}
          disabled={surroundings.practice}
          look="lines"
          options={TOKEN_HOSTS.map((host) => [
            host,
            <span key={host} className="address">
              {host}
            </span>,
          ])}
          chosen={settings.tokenHost}
          onChange={(tokenHost) => choices.set({ tokenHost })}
        />
      </fieldset>
      <fieldset className="card settings">
        <legend className="label">{told.proxy.title}</legend>
        <ProxySetting
          setting={settings.proxy}
          onChange={(proxy, field) => choices.set({ proxy }, field)}
          commands={commands}
        />
      </fieldset>
      <div className="actions">
        <p className="saved">
          <span role="status">
            <span key={choices.count}>{choices.outcome !== null && told[choices.outcome]}</span>
          </span>
          {choices.outcome === 'saved' && (
            <Button look="link" onPress={choices.undo}>
              {told.undo}
            </Button>
          )}
        </p>
        <Button onPress={onLeave}>{told.back}</Button>
      </div>
    </>
  );
}

/** Leaves the settings and not the window, wherever the focus is. */
function useEscape(leave: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      leave();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [leave]);
}
