import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';

interface SignInOfferProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
}

/** The foot of a page for whoever is not signed in: what is wrong all the same, and the way in. */
export function SignInOffer({ snapshot, commands }: SignInOfferProps) {
  const words = useWords();
  return (
    <>
      {snapshot.troubles.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          accountId={DEFAULT_CREDENTIAL_ID}
          commands={commands}
        />
      ))}
      <div className="actions">
        <Button look="primary" onPress={() => commands.signIn(DEFAULT_CREDENTIAL_ID)}>
          {words.help['sign-in']}
        </Button>
      </div>
    </>
  );
}
