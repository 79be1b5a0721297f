import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../face.tsx';
import { Button } from '../parts/button.tsx';
import { FailureCard } from '../parts/failure-card.tsx';
import { StateIcon } from '../parts/state-icon.tsx';

interface SignedOutViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
}

export function SignedOutView({ snapshot, commands }: SignedOutViewProps) {
  return (
    <>
      <div className="welcome">
        <StateIcon state="signed-out" />
        <h1>{snapshot.signIn?.phase === 'cancelled' ? 'Sign-in cancelled' : 'Not signed in'}</h1>
        <ul className="welcome-lines">
          <li>Sign in to Claude once, in your own browser.</li>
          <li>See at a glance how long the login lasts.</li>
          <li>Your tokens stay in a file on this machine.</li>
        </ul>
        <p className="welcome-practice small-print">
          {snapshot.surroundings.practice ? (
            'This is the practice account: try everything, no real account is touched.'
          ) : (
            <>
              No account at hand? Start it with <code>--practice</code> to try everything.
            </>
          )}
        </p>
      </div>
      {snapshot.troubles.map((failure) => (
        <FailureCard key={failure.code} failure={failure} commands={commands} />
      ))}
      <div className="actions">
        <Button look="primary" onPress={() => commands.signIn(DEFAULT_CREDENTIAL_ID)}>
          Sign in with Claude
        </Button>
      </div>
    </>
  );
}
