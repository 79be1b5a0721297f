import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { SignOutQuestion } from '../account/sign-out-question.tsx';
import { Button } from '../controls/button.tsx';
import { useAsking } from '../state/use-asking.ts';
import { useWords } from '../state/use-words.ts';

interface SignOutProps {
  readonly account: Account;
  readonly commands: Commands;
}

/** A quiet way out, which asks once, in place. */
export function SignOut({ account, commands }: SignOutProps) {
  const { window: words } = useWords();
  const { isAsking, setIsAsking, opener } = useAsking();

  if (isAsking) {
    return <SignOutQuestion account={account} commands={commands} onLeave={() => setIsAsking(false)} />;
  }
  return (
    <Button ref={opener} look="quiet" onPress={() => setIsAsking(true)}>
      {words.signOut.button}
    </Button>
  );
}
