import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';
import { PracticeNote } from './practice-note.tsx';

interface SignedOutViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
}

export function SignedOutView({ snapshot, commands }: SignedOutViewProps) {
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
