import type { Failure, FailureCode } from '../domain/failure.ts';

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
