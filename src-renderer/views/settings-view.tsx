import { useEffect } from 'react';
import { describeFailure } from '../../src-main/domain/failure-words.ts';
import { THEMES, TOKEN_HOSTS, type Theme } from '../../src-main/domain/settings.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../face.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { FailureCard } from '../parts/failure-card.tsx';
import { PortSetting } from '../parts/port-setting.tsx';
import { Switch } from '../parts/switch.tsx';
import { useChoices } from '../use-choices.ts';

interface SettingsViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

const THEME_WORDS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** What a person decides once; each choice is saved as it is made. */
export function SettingsView({ snapshot, commands, onLeave }: SettingsViewProps) {
  const { settings, startAtLogin, keychainTrouble, surroundings } = snapshot;
  const { notifications } = settings;
  const choices = useChoices(snapshot, commands);
  const notify = (some: Partial<typeof notifications>) =>
    choices.set({ notifications: { ...notifications, ...some } });
  useEscape(onLeave);
  return (
    <>
      <h1>Settings</h1>
      {snapshot.troubles.map((failure) => (
        <FailureCard key={failure.code} failure={failure} commands={commands} />
      ))}
      <section className="card settings" aria-label="The app">
        {startAtLogin !== null && (
          <Switch label="Start at login" isOn={startAtLogin} onChange={choices.setStartAtLogin} />
        )}
        <Choice
          legend="Theme"
          look="segments"
          options={THEMES.map((theme) => [theme, THEME_WORDS[theme]])}
          chosen={settings.theme}
          onChange={(theme) => choices.set({ theme })}
        />
      </section>
      <fieldset className="card settings">
        <legend className="label">Notify me</legend>
        <Switch
          label="When I have to do something"
          isOn={notifications.needsYou}
          onChange={(needsYou) => notify({ needsYou })}
        />
        <Switch
          label="Some days before a login ends"
          isOn={notifications.loginEnds}
          onChange={(loginEnds) => notify({ loginEnds })}
        />
        <Switch
          label="When a sign-in is done"
          isOn={notifications.signedIn}
          onChange={(signedIn) => notify({ signedIn })}
        />
      </fieldset>
      <fieldset className="card settings">
        <legend className="label">Tokens</legend>
        <div className="storage">
          <div className="storage-words">
            <span>Kept in</span>
            <span className="address">{surroundings.configFile}</span>
          </div>
          <Button look="link" onPress={() => commands.showConfigFile()}>
            Show file
          </Button>
        </div>
        <Switch
          label="Second copy in the system keychain"
          {...(settings.keychain &&
            keychainTrouble !== null && { hint: describeFailure(keychainTrouble, 'refresh').explanation })}
          isOn={settings.keychain}
          onChange={(keychain) => choices.set({ keychain })}
        />
      </fieldset>
      <fieldset className="card settings">
        <legend className="label">Sign-in</legend>
        <PortSetting
          port={settings.callbackPort}
          prescribed={surroundings.prescribedPort}
          onChange={(callbackPort, field) => choices.set({ callbackPort }, field)}
        />
        <Choice
          legend="Token host"
          hint={
            surroundings.practice
              ? 'Without effect in practice: tokens come from the practice server.'
              : 'Which one is asked first for tokens. Where it is missing, the other one is.'
          }
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
      <div className="actions">
        <p className="saved">
          <span role="status">
            <span key={choices.count}>{choices.words}</span>
          </span>
          {choices.words === 'Saved.' && (
            <Button look="link" onPress={choices.undo}>
              Undo
            </Button>
          )}
        </p>
        <Button onPress={onLeave}>Back</Button>
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
