import type { Failure } from '../../src-main/domain/failure.ts';
import { helpFor } from '../../src-main/domain/help.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { describePlacement } from '../../src-main/words/placement-words.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { describeStorage } from '../../src-main/words/storage-words.ts';
import type { Words } from '../../src-main/words/words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { WithPaths } from '../controls/path.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { Switch } from '../controls/switch.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';
import { toneOf } from '../trouble/tone.ts';
import { TrayPicture } from './row-pictures.tsx';
import { Row } from './row.tsx';
import { useTurning } from './use-turning.ts';

interface SucceededViewProps {
  readonly signIn: SignIn;
  readonly account: Account | null;
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

/**
 * Signed in, until when, and what keeps it so. Where nothing of the sign-in is left to read it turns into the account by
 * itself; what went wrong beside it is told by a card, and takes nothing of the success.
 */
export function SucceededView({ signIn, account, snapshot, now, commands }: SucceededViewProps) {
  const words = useWords();
  const { accounts, startAtLogin } = snapshot;
  const isSaved = account?.whereabouts === 'config-file';
  const notices = lastingNotices(signIn).filter(
    (notice) => !(isSaved && isOfSaving(notice)) && !isContradicted(notice, account),
  );
  // That it was kept aside is certain then, whether or not the file can be read.
  const isKeptAside = notices.some(isOfSaving);
  const isWell = notices.every((notice) => toneOf(notice) === 'calm');
  const isDoubtful = notices.some((notice) => toneOf(notice) !== 'calm' && !isOfSaving(notice));
  const signsInAgain = notices.some(isMendedBySignIn);
  const placement = describePlacement(words, signIn, accounts);
  const isAllTold = notices.length === 0 && placement === null;
  useTurning(isAllTold, commands.dismissSignIn);
  const { openAtStart, openAtStartHint, tray, trayHint } = words.signIn.succeeded;
  return (
    <>
      <div className="welcome succeeded">
        <StateIcon state={isDoubtful ? 'expiring' : 'valid'} />
        <Heading account={account} isWell={isWell} snapshot={snapshot} now={now} />
      </div>
      {placement !== null && <p className="card">{placement}</p>}
      {notices.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          accountId={signIn.place?.id ?? null}
          isKeptAside={isKeptAside}
          {...(isMendedBySignIn(failure) && { look: 'primary' })}
          commands={commands}
        />
      ))}
      {isWell && (startAtLogin !== null || isAllTold) && (
        <div className="card succeeded-next">
          {startAtLogin !== null && (
            <Switch
              label={openAtStart}
              hint={openAtStartHint}
              isOn={startAtLogin}
              onChange={(on) => void commands.setStartAtLogin(on)}
            />
          )}
          {/* Where there is something to read, it is enough. */}
          {isAllTold && <Row picture={<TrayPicture />} title={tray} text={trayHint} />}
        </div>
      )}
      <div className="actions">
        <Button look={signsInAgain ? 'secondary' : 'primary'} onPress={() => commands.dismissSignIn()}>
          {words.window.done}
        </Button>
      </div>
    </>
  );
}

interface HeadingProps extends Pick<SucceededViewProps, 'account' | 'snapshot' | 'now'> {
  /** Nothing is to be seen to: else nobody is promised anything. */
  readonly isWell: boolean;
}

function Heading({ account, isWell, snapshot, now }: HeadingProps) {
  const words = useWords();
  if (account === null) return <h1>{words.account.signedIn}</h1>;
  const { who, access } = describeAccount(words, account, now, snapshot.accounts);
  const isSaved = account.whereabouts === 'config-file';
  const where = describeStorage(words, account, snapshot);
  const promise = isWell ? promiseOf(words, account, now) : null;
  return (
    <>
      <h1>{promise ?? who}</h1>
      {promise !== null && <p className="lead">{who}</p>}
      <p className="small-print">
        {isWell && (
          <>
            {access}
            <br />
          </>
        )}
        {words.account.storage.keptIn}
        {words.conventions.between}
        {isSaved ? (
          <span className="address">
            <WithPaths text={where} />
          </span>
        ) : (
          where
        )}
      </p>
    </>
  );
}

/** Until when nothing has to be done; `null` where nobody told, or nothing is renewed by itself. */
function promiseOf(
  { signIn: { succeeded }, format }: Words,
  { loginExpiresAt, refreshable }: Account,
  now: Instant,
): string | null {
  return refreshable && loginExpiresAt !== null ? succeeded.setUntil(format.day(loginExpiresAt, now)) : null;
}

/** It kept the credential out of the config file, until that took it after all. */
function isOfSaving(notice: Failure): boolean {
  return helpFor(notice)?.kind === 'save-again';
}

/** What was got is of no use: only another sign-in helps. */
function isMendedBySignIn(notice: Failure): boolean {
  return helpFor(notice)?.kind === 'sign-in';
}

/** The profile could not be read, for the name that the token's answer has told. */
function isContradicted({ code }: Failure, account: Account | null): boolean {
  return code === 'test-scope-missing' && account?.owner != null;
}

/** What still matters once the sign-in is over; how the browser came to open does not. */
function lastingNotices({ steps }: SignIn) {
  return steps
    .filter(({ id }) => id !== 'callback-server' && id !== 'browser')
    .flatMap(({ notice }) => (notice === null ? [] : [notice]));
}
