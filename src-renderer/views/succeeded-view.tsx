import type { Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeAccount } from '../../src-main/domain/words.ts';
import type { Commands } from '../face.tsx';
import { Button } from '../parts/button.tsx';
import { FailureCard } from '../parts/failure-card.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { storageWords } from '../storage-words.ts';

interface SucceededViewProps {
  readonly signIn: SignIn;
  readonly account: Account | null;
  readonly configFile: string;
  readonly now: Instant;
  readonly commands: Commands;
}

export function SucceededView({ signIn, account, configFile, now, commands }: SucceededViewProps) {
  const words = account === null ? null : describeAccount(account, now);
  return (
    <>
      <div className="welcome">
        <StateIcon state="valid" />
        <h1>{words?.who ?? 'Signed in'}</h1>
        {words !== null && (
          <p className="lead">
            {words.access}
            {words.login !== null && (
              <>
                <br />
                {words.login}
              </>
            )}
          </p>
        )}
        {account !== null && (
          <p className="small-print">
            Kept in <span className="address">{storageWords(account, configFile)}</span>
          </p>
        )}
      </div>
      {lastingNotices(signIn).map((failure) => (
        <FailureCard key={failure.code} failure={failure} commands={commands} />
      ))}
      <div className="actions">
        <Button look="primary" onPress={() => commands.dismissSignIn()}>
          Done
        </Button>
      </div>
    </>
  );
}

/** What still matters once the sign-in is over; how the browser came to open does not. */
function lastingNotices({ steps }: SignIn) {
  return steps
    .filter(({ id }) => id !== 'callback-server' && id !== 'browser')
    .flatMap(({ notice }) => (notice === null ? [] : [notice]));
}
