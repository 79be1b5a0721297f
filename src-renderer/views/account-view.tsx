import { describeFailure } from '../../src-main/domain/failure-words.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { standingOf } from '../../src-main/domain/standing.ts';
import type { Commands } from '../face.tsx';
import { AccessClock } from '../parts/access-clock.tsx';
import { Button } from '../parts/button.tsx';
import { FailureCard } from '../parts/failure-card.tsx';
import { LoginClock } from '../parts/login-clock.tsx';
import { OwnerHeading } from '../parts/owner-heading.tsx';
import { Storage } from '../parts/storage.tsx';

interface AccountViewProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

export function AccountView({ snapshot, now, commands }: AccountViewProps) {
  const { accounts, troubles, surroundings } = snapshot;
  const needsSignIn = accounts.some((account) => standingOf(account, now) === 'needs-sign-in');
  const savingOffered = troubles.some((failure) => describeFailure(failure).action?.kind === 'save-again');
  return (
    <>
      {troubles.map((failure) => (
        <FailureCard key={failure.code} failure={failure} commands={commands} />
      ))}
      {accounts.map((account) => (
        <section key={account.id} className="account">
          <OwnerHeading account={account} now={now} />
          {account.troubles.map((failure) => (
            <FailureCard key={failure.code} failure={failure} account={account} commands={commands} />
          ))}
          <div className="card clocks">
            <AccessClock account={account} now={now} />
            <LoginClock account={account} now={now} />
          </div>
          <Storage
            account={account}
            configFile={surroundings.configFile}
            savingOffered={savingOffered}
            commands={commands}
          />
        </section>
      ))}
      <div className="actions">
        <Button look={needsSignIn ? 'primary' : 'secondary'} onPress={() => commands.signIn()}>
          Sign in again
        </Button>
      </div>
    </>
  );
}
