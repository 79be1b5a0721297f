import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface SignOutProps {
  readonly account: Account;
  readonly commands: Commands;
}

/** A quiet way out, which asks once, in place. */
export function SignOut({ account, commands }: SignOutProps) {
  const { help, window: words } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  const titleId = useId();
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  if (!isAsking) {
    return (
      <Button ref={opener} look="quiet" onPress={() => setIsAsking(true)}>
        {words.signOut.button}
      </Button>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Puts the question away, and not the window with it.
    event.preventDefault();
    setIsAsking(false);
  };
  const signOut = () => {
    setIsAsking(false);
    return commands.signOut(account.id);
  };
  return (
    <section className="card sign-out-question" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <h2 id={titleId}>{words.signOut.question}</h2>
      <p>
        {words.signOut.text}{' '}
        <Button look="link" onPress={() => commands.openLink('claude-settings')}>
          {help['open-claude-settings']}
        </Button>
      </p>
      <div className="sign-out-answers">
        <Button ref={keep} onPress={() => setIsAsking(false)}>
          {words.cancel}
        </Button>
        <Button onPress={signOut}>{words.signOut.button}</Button>
      </div>
    </section>
  );
}
