import type { Failure, FailureCode } from '../src-main/domain/failure.ts';

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
  'test-organization-not-allowed',
  'test-token-expired',
  'test-header-missing',
  'autostart-unchanged',
];

export function toneOf({ code }: Failure): Tone {
  if (CALM.includes(code)) return 'calm';
  return WARNING.includes(code) ? 'warning' : 'trouble';
}
