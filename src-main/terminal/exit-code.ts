import type { Failure, FailureCode } from '../domain/failure.ts';
import { entryLoss } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';

/** The exit codes scripts rely on. */
export const EXIT = { fine: 0, failed: 1, wrongUse: 2, needsSignIn: 3 } as const;

/** Those that only a person can mend, by signing in. */
const NEED_SIGN_IN: ReadonlySet<FailureCode> = new Set([
  'not-signed-in',
  'not-refreshable',
  'grant-refused',
  'entry-removed',
  'entry-replaced',
]);

export function exitCodeOf({ code }: Failure): number {
  return NEED_SIGN_IN.has(code) ? EXIT.needsSignIn : EXIT.failed;
}

/** Fine where somebody is signed in, nobody has to again, and no entry is lost, for which `token` has no answer. */
export function exitCodeOfAccounts(accounts: readonly Account[], now: Instant): number {
  const isFine = (account: Account) =>
    standingOf(account, now) !== 'needs-sign-in' && entryLoss(account.history) === null;
  return accounts.length > 0 && accounts.every(isFine) ? EXIT.fine : EXIT.needsSignIn;
}
