import type { Failure, FailureCode } from '../domain/failure.ts';
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

/** Fine where somebody is signed in, and nobody has to again. */
export function exitCodeOfAccounts(accounts: readonly Account[], now: Instant): number {
  const isFine =
    accounts.length > 0 && accounts.every((account) => standingOf(account, now) !== 'needs-sign-in');
  return isFine ? EXIT.fine : EXIT.needsSignIn;
}
