import type { Failure } from '../../src-main/domain/failure.ts';
import { helpFor } from '../../src-main/domain/help.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { describePlacement } from '../../src-main/words/placement-words.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { describeStorage } from '../../src-main/words/storage-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';
import { toneOf } from '../trouble/tone.ts';

interface SucceededViewProps {
  readonly signIn: SignIn;
  readonly account: Account | null;
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

export function SucceededView({ signIn, account, snapshot, now, commands }: SucceededViewProps) {
  const words = useWords();
  const { accounts } = snapshot;
  const isSaved = account?.whereabouts === 'config-file';
  const notices = lastingNotices(signIn).filter((notice) => !isSaved || !isOfSaving(notice));
  // That it was kept aside is certain then, whether or not the file can be read.
  const isKeptAside = notices.some(isOfSaving);
  const isWell = notices.every((notice) => toneOf(notice) === 'calm');
  // Whatever the service promised, it takes this token for expired.
  const isDisputed = notices.some(({ code }) => code === 'test-token-expired');
  const placement = describePlacement(words, signIn, accounts);
  const told = account === null ? null : describeAccount(words, account, now, accounts);
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
            <span className={isSaved ? 'address' : undefined}>
              {describeStorage(words, account, snapshot)}
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
          isKeptAside={isKeptAside}
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

/** It kept the credential out of the config file, until that took it after all. */
function isOfSaving(notice: Failure): boolean {
  return helpFor(notice)?.kind === 'save-again';
}

/** What still matters once the sign-in is over; how the browser came to open does not. */
function lastingNotices({ steps }: SignIn) {
  return steps
    .filter(({ id }) => id !== 'callback-server' && id !== 'browser')
    .flatMap(({ notice }) => (notice === null ? [] : [notice]));
}
