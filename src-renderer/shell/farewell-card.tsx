import type { Farewell } from '../../src-main/domain/snapshot.ts';
import { plainName } from '../../src-main/words/account-name.ts';
import { describeRevocation } from '../../src-main/words/revocation-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface FarewellCardProps {
  readonly farewell: Farewell;
  readonly commands: Commands;
}

/** What became of a sign-out, until it was read: done here, and what Claude says of it. */
export function FarewellCard({ farewell, commands }: FarewellCardProps) {
  const words = useWords();
  const { signOut, close } = words.window;
  const who = plainName(farewell);
  return (
    <section className="card farewell" role="status">
      <h2>{who === null ? signOut.done : signOut.doneFor(who)}</h2>
      <p>{describeRevocation(words, farewell.revocation)}</p>
      <div className="answers">
        {farewell.revocation.outcome !== 'revoked' && (
          <Button look="link" onPress={() => commands.openLink('revoke')}>
            {signOut.revokeYourself}
          </Button>
        )}
        <Button onPress={() => commands.dismissFarewell()}>{close}</Button>
      </div>
    </section>
  );
}
