import type { Failure, FailureCode } from '../src-main/domain/failure.ts';
import type { Instant } from '../src-main/domain/instant.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import { standingOf } from '../src-main/domain/standing.ts';

/** How loudly a failure is shown. `calm`: expected or dealt with already; `warning`: wants a look, nothing is lost. */
export type Tone = 'calm' | 'warning' | 'trouble';

const CALM: readonly FailureCode[] = [
  // facts.md section 1: expected answers to a token that is for Claude Code; the credential is saved all the same.
  'test-forbidden',
  'test-claude-code-only',
  'test-scope-missing',
  'port-busy',
  'sign-in-cancelled',
  'data-set-aside',
];

const WARNING: readonly FailureCode[] = [
  'browser-not-opened',
  'authorization-timeout',
  'access-denied',
  'rate-limited',
  'clock-off',
  'config-readable-by-others',
  'config-locked',
  // The credential is kept elsewhere meanwhile.
  'config-unreadable',
  'config-not-yaml',
  'config-shape',
  'config-not-writable',
  // Nothing is lost, and it passes.
  'network-down',
  'service-down',
  'network-challenge',
  'test-organization-not-allowed',
  'test-token-expired',
  'test-header-missing',
  'autostart-unchanged',
  'practice-failed',
];

export function toneOf({ code }: Failure): Tone {
  if (CALM.includes(code)) return 'calm';
  return WARNING.includes(code) ? 'warning' : 'trouble';
}

/** Ends by itself, and then Latchkey goes on by itself. */
const PASSING: readonly FailureCode[] = ['network-down', 'service-down', 'rate-limited', 'network-challenge'];

/** The end of a login is part of its life, and one sign-in mends it. */
const USUAL: readonly FailureCode[] = ['grant-refused', 'answer-lost', 'not-refreshable'];

/** The same for what befell an account: while its token lives, an outage is nothing to worry about. */
export function accountToneOf(failure: Failure, account: Account, now: Instant): Tone {
  if ('copy' in failure) return failure.copy ? 'warning' : 'trouble';
  if (USUAL.includes(failure.code)) return 'warning';
  if (!PASSING.includes(failure.code)) return toneOf(failure);
  const standing = standingOf(account, now);
  return standing === 'valid' || standing === 'expiring' ? 'calm' : 'warning';
}
