import { useId, useState } from 'react';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface ProxyPasswordProps {
  readonly address: string;
  readonly user: string;
  readonly commands: Pick<Commands, 'keepProxyPassword'>;
}

/** Takes a password, hands it on to be kept, and forgets it: main never gives one back. */
export function ProxyPassword({ address, user, commands }: ProxyPasswordProps) {
  const words = useWords().settings.proxy;
  const id = useId();
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState<'kept' | 'keptUntilQuit' | null>(null);
  const keep = async () => {
    const password = typed;
    setTyped('');
    setOutcome(
      await commands.keepProxyPassword(address, password).then(
        () => 'kept',
        () => 'keptUntilQuit',
      ),
    );
  };
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') void keep();
      }}
    >
      <label htmlFor={id}>{words.password(user)}</label>
      <div className="proxy-password">
        <input
          id={id}
          className="field"
          type="password"
          autoComplete="off"
          maxLength={300}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setOutcome(null);
          }}
        />
        <Button onPress={() => (typed === '' ? undefined : keep())}>{words.keep}</Button>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {words.passwordHint}
      </p>
      <p className="hint" role="status">
        {outcome !== null && words[outcome]}
      </p>
    </form>
  );
}
