import { TOKEN_HOSTS } from '../../src-main/domain/settings.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Address } from '../account/address.tsx';
import { Button } from '../controls/button.tsx';
import { Choice } from '../controls/choice.tsx';
import { Switch } from '../controls/switch.tsx';
import { useWords } from '../state/use-words.ts';
import { Outcome } from './outcome.tsx';
import { PortSetting } from './port-setting.tsx';
import { ProxySetting } from './proxy-setting.tsx';
import type { useChoices } from './use-choices.ts';

interface AdvancedProps {
  readonly snapshot: Snapshot;
  readonly choices: ReturnType<typeof useChoices>;
  readonly commands: Commands;
}

/** What hardly anybody changes. */
export function Advanced({ snapshot, choices, commands }: AdvancedProps) {
  const { settings, keychainTrouble, surroundings } = snapshot;
  const words = useWords();
  const { advanced, tokens, signIn } = words.settings;
  return (
    <details className="card settings-fold">
      <summary>{advanced}</summary>
      <div className="settings">
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
        <div className="setting">
          <Switch
            label={tokens.keychain}
            {...(settings.keychain
              ? keychainTrouble !== null && {
                  hint: describeFailure(words, keychainTrouble, 'refresh').explanation,
                }
              : { hint: tokens.keychainOff })}
            isOn={settings.keychain}
            onChange={(keychain) => choices.set('keychain', { keychain })}
          />
          <Outcome told={choices.told('keychain')} />
        </div>
        <div className="setting">
          <PortSetting
            port={settings.callbackPort}
            prescribed={surroundings.prescribedPort}
            onChange={(callbackPort, field) => choices.set('callbackPort', { callbackPort }, field)}
          />
          <Outcome told={choices.told('callbackPort')} />
        </div>
        <div className="setting">
          <Choice
            legend={signIn.tokenHost}
            hint={surroundings.practice ? signIn.tokenHostPractice : signIn.tokenHostHint}
            disabled={surroundings.practice}
            look="lines"
            options={TOKEN_HOSTS.map((host) => [
              host,
              <span key={host} className="address">
                <Address address={host} />
              </span>,
            ])}
            chosen={settings.tokenHost}
            onChange={(tokenHost) => choices.set('tokenHost', { tokenHost })}
          />
          <Outcome told={choices.told('tokenHost')} />
        </div>
        <div className="setting">
          <ProxySetting
            setting={settings.proxy}
            onChange={(proxy, field) => choices.set('proxy', { proxy }, field)}
            commands={commands}
          />
          <Outcome told={choices.told('proxy')} />
        </div>
      </div>
    </details>
  );
}
