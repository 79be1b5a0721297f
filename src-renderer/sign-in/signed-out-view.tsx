import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCards } from '../trouble/failure-cards.tsx';
import { PracticeNote } from './practice-note.tsx';
import { SignInOffer } from './sign-in-offer.tsx';

interface SignedOutViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onUseKey: () => void;
}

export function SignedOutView({ snapshot, commands, onUseKey }: SignedOutViewProps) {
  const words = useWords();
  const { welcome } = words.window;
  return (
    <>
      <div className="welcome">
        <StateIcon state="signed-out" />
        <h1>{snapshot.signIn?.phase === 'cancelled' ? welcome.titleCancelled : welcome.title}</h1>
        <p className="lead">{welcome.lead}</p>
        <PracticeNote surroundings={snapshot.surroundings} commands={commands} />
      </div>
      <FailureCards snapshot={snapshot} accountId={DEFAULT_CREDENTIAL_ID} commands={commands} />
      <SignInOffer commands={commands} onUseKey={onUseKey} />
    </>
  );
}
