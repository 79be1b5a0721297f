import { useId } from 'react';
import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useQuestion } from '../state/use-question.ts';
import { useWords } from '../state/use-words.ts';

interface SignOutQuestionProps {
  readonly account: Account;
  readonly commands: Commands;
  /** It was answered, or put away. */
  readonly onLeave: () => void;
}

/** Asks once, in place. */
export function SignOutQuestion({ account, commands, onLeave }: SignOutQuestionProps) {
  const { window: words, conventions } = useWords();
  const titleId = useId();
  const { harmless, onKeyDown } = useQuestion(onLeave);

  const signOut = () => {
    onLeave();
    return commands.signOut(account.id);
  };
  return (
    <section className="card sign-out-question" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <h2 id={titleId}>{words.signOut.question}</h2>
      <p>
        {words.signOut.text[account.storage]}
        {conventions.between}
        {words.signOut.courtesy}
      </p>
      <div className="answers">
        <Button ref={harmless} onPress={onLeave}>
          {words.cancel}
        </Button>
        <Button onPress={signOut}>{words.signOut.button}</Button>
      </div>
    </section>
  );
}
