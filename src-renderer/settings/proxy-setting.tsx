import { useId, useState, type KeyboardEvent } from 'react';
import { PROXY_USES, type ProxySetting as Setting } from '../../src-main/domain/proxy.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Choice } from '../controls/choice.tsx';
import { useWords } from '../state/use-words.ts';
import { addressProblem, readAddress } from './proxy-address.ts';
import { ProxyPassword } from './proxy-password.tsx';

interface ProxySettingProps {
  readonly setting: Setting;
  readonly onChange: (proxy: Setting, field?: Element) => void;
  readonly commands: Pick<Commands, 'keepProxyPassword'>;
}

/** Which proxy is taken. An address is kept when it can be used, on leaving its field or on Enter. */
export function ProxySetting({ setting, onChange, commands }: ProxySettingProps) {
  const words = useWords().settings.proxy;
  /** "This one" was chosen, and nobody has typed which yet. */
  const [isUndecided, setIsUndecided] = useState(false);
  const chosen = isUndecided ? 'this' : setting.use;
  const choose = (use: Setting['use']) => {
    const isMissing = use === 'this' && setting.address === '';
    setIsUndecided(isMissing);
    if (!isMissing) onChange({ ...setting, use });
  };
  const { flaws } = useWords().network;
  const user = readAddress(setting.address)?.user ?? null;
  return (
    <div className="proxy-setting">
      <Choice
        legend={words.legend}
        hint={words.hints[chosen]}
        look="lines"
        options={PROXY_USES.map((use) => [use, words.uses[use]])}
        chosen={chosen}
        onChange={choose}
      />
      {chosen === 'this' && (
        <AddressField
          address={setting.address}
          problems={{ ...flaws, missing: words.missing }}
          onChange={(typed, field) => {
            setIsUndecided(false);
            onChange({ use: 'this', address: typed.address }, field);
            // Kept where passwords are, and shown no more.
            if (typed.password !== null) {
              void commands.keepProxyPassword(typed.address, typed.password).catch(() => undefined);
            }
          }}
        />
      )}
      {chosen === 'this' && user !== null && (
        // Of another user it is another password.
        <ProxyPassword key={setting.address} address={setting.address} user={user} commands={commands} />
      )}
    </div>
  );
}

interface AddressFieldProps {
  readonly address: string;
  readonly problems: Readonly<Record<NonNullable<ReturnType<typeof addressProblem>>, string>>;
  readonly onChange: (typed: NonNullable<ReturnType<typeof readAddress>>, field: Element) => void;
}

function AddressField({ address, problems, onChange }: AddressFieldProps) {
  const words = useWords().settings.proxy;
  const id = useId();
  /** What is typed and not kept; `null` while the field shows what is so. */
  const [draft, setDraft] = useState<string | null>(null);
  const [hasFinished, setHasFinished] = useState(false);
  const problem = draft === null ? null : addressProblem(draft, hasFinished);
  const finish = (field: Element) => {
    if (draft === null) return;
    setHasFinished(true);
    const typed = readAddress(draft);
    if (typed === null) return;
    setDraft(null);
    if (typed.address !== address || typed.password !== null) onChange(typed, field);
  };
  return (
    <div className="setting">
      <label htmlFor={id}>{words.address}</label>
      <input
        id={id}
        className="field"
        type="text"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby={`${id}-hint ${id}-problem`}
        aria-invalid={problem !== null}
        value={draft ?? address}
        onChange={({ target }) => {
          setDraft(target.value);
          setHasFinished(hasFinished && problem !== null);
        }}
        onBlur={({ currentTarget }) => finish(currentTarget)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') finish(event.currentTarget);
        }}
      />
      <p className="field-problem" id={`${id}-problem`} role="status">
        {problem !== null && problems[problem]}
      </p>
      <p className="hint" id={`${id}-hint`}>
        {words.addressHint}
      </p>
    </div>
  );
}
