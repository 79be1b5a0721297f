import type { Failure } from '../../src-main/domain/failure.ts';
import { gravityOf, type Gravity } from '../../src-main/domain/gravity.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { standingOf } from '../../src-main/domain/standing.ts';

/** How loudly a failure is shown. */
export type Tone = 'calm' | 'warning' | 'trouble';

const TONES: Readonly<Record<Gravity, Tone>> = {
  calm: 'calm',
  warning: 'warning',
  passing: 'warning',
  usual: 'trouble',
  trouble: 'trouble',
};

export function toneOf(failure: Failure): Tone {
  return TONES[gravityOf(failure)];
}

/** The same for what befell an account: while its token lives, an outage is nothing to worry about. */
export function accountToneOf(failure: Failure, account: Account, now: Instant): Tone {
  if ('copy' in failure) return failure.copy ? 'warning' : 'trouble';
  const gravity = gravityOf(failure);
  if (gravity === 'usual') return 'warning';
  if (gravity !== 'passing') return TONES[gravity];
  const standing = standingOf(account, now);
  return standing === 'valid' || standing === 'expiring' ? 'calm' : 'warning';
}
