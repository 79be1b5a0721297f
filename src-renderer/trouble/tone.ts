import type { Failure } from '../../src-main/domain/failure.ts';
import { gravityOf, type Gravity } from '../../src-main/domain/gravity.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { concernOf, standingOf } from '../../src-main/domain/standing.ts';
import { isLostEntry } from '../../src-main/domain/whereabouts.ts';

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

/** What befell an account: the end of a login is part of its life. */
const ACCOUNT_TONES: Readonly<Record<Gravity, { readonly alive: Tone; readonly over: Tone }>> = {
  calm: { alive: 'calm', over: 'calm' },
  warning: { alive: 'warning', over: 'warning' },
  passing: { alive: 'warning', over: 'warning' },
  usual: { alive: 'warning', over: 'warning' },
  trouble: { alive: 'trouble', over: 'trouble' },
};

/** The same for what befell an account. What waits for a person is amber, as the account's picture then is. */
export function accountToneOf(failure: Failure, account: Account, now: Instant): Tone {
  const isForPerson = concernOf(account, now) === 'person';
  if (isLostEntry(failure) || (isForPerson && toneOf(failure) === 'trouble')) return 'warning';
  return ACCOUNT_TONES[gravityOf(failure)][LIVES[standingOf(account, now)]];
}

/** Whether its token is good for now. */
const LIVES: Readonly<Record<ReturnType<typeof standingOf>, 'alive' | 'over'>> = {
  valid: 'alive',
  expiring: 'alive',
  expired: 'over',
  'needs-sign-in': 'over',
};
