import type { Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describePlacement } from '../../src-main/words/placement-words.ts';
import { describeAccount } from '../../src-main/words/snapshot-words.ts';
import type { Commands } from '../face.tsx';
import { Button } from '../parts/button.tsx';
import { FailureCard } from '../parts/failure-card.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { storageWords } from '../storage-words.ts';
import { toneOf } from '../tone.ts';
import { useWords } from '../use-words.ts';

interface SucceededViewProps {
  readonly signIn: SignIn;
  readonly account: Account | null;
  /** All of them. */
  readonly accounts: readonly Account[];
  readonly configFile: string;
  readonly now: Instant;
  readonly commands: Commands;
}

export function SucceededView({ signIn, account, accounts, configFile, now, commands }: SucceededViewProps) {
  const words = useWords();
  const notices = lastingNotices(signIn);
  const isWell = notices.every((notice) => toneOf(notice) === 'calm');
  // Whatever the service promised, it takes this token for expired.
  const isDisputed = notices.some(({ code }) => code === 'test-token-expired');
  const placement = describePlacement(words, signIn, accounts);
  const told = account === null ? null : describeAccount(words, account, now);
  return (
    <>
      <div className="welcome">
        <StateIcon state={isWell ? 'valid' : 'needs-you'} />
        <h1>{told?.who ?? words.account.signedIn}</h1>
        {told !== null && !isDisputed && (
          <p className="lead">
            {told.access}
            {told.login !== null && (
              <>
                <br />
                {told.login}
              </>
            )}
          </p>
        )}
        {account !== null && (
          <p className="small-print">
            {words.account.storage.keptIn}{' '}
            <span className={account.storedIn === 'config-file' ? 'address' : undefined}>
              {storageWords(words, account, configFile)}
            </span>
          </p>
        )}
      </div>
      {placement !== null && <p className="card">{placement}</p>}
      {notices.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          accountId={signIn.place?.id ?? null}
          commands={commands}
        />
      ))}
      <div className="actions">
        <Button look="primary" onPress={() => commands.dismissSignIn()}>
          {words.window.done}
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
