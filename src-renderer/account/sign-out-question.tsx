import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface SignOutQuestionProps {
  readonly account: Account;
  readonly commands: Commands;
  /** It was answered, or put away. */
  readonly onLeave: () => void;
}

/** Asks once, in place. */
export function SignOutQuestion({ account, commands, onLeave }: SignOutQuestionProps) {
  const { help, window: words } = useWords();
  const keep = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  useEffect(() => keep.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Puts the question away, and not the window with it.
    event.preventDefault();
    onLeave();
  };
  const signOut = () => {
    onLeave();
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
        <Button ref={keep} onPress={onLeave}>
          {words.cancel}
        </Button>
        <Button onPress={signOut}>{words.signOut.button}</Button>
      </div>
    </section>
  );
}
