import { entryLoss, loginEnd } from '../../src-main/domain/history.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import {
  concernOf,
  hasFailedToRenew,
  isHeldUpByFile,
  isLoginOver,
  isOutOfReach,
} from '../../src-main/domain/standing.ts';
import { toneOf } from '../trouble/tone.ts';

/**
 * Which of the two clocks a person has to know of, and so leads: the login's while all goes as it should, and once it
 * has ended for good; else the token's, which is what is left, or what could not be renewed.
 */
export function leadingClock(account: Account, now: Instant): 'login' | 'access' {
  const { loginExpiresAt, accessExpiresAt, history } = account;
  if (account.whereabouts === 'nowhere' || entryLoss(history) !== null) return 'access';
  const isOver = accessExpiresAt !== null && now >= accessExpiresAt;
  if (loginEnd(history) === 'refused' || isLoginOver(account, now)) return isOver ? 'login' : 'access';
  if (isOutOfReach(account) || isHeldUpByFile(account)) return 'access';
  if (loginExpiresAt === null || hasFailedToRenew(account)) return 'access';
  return isOver && concernOf(account, now) !== 'none' ? 'access' : 'login';
}

/** Whether nothing on its page asks for anyone: neither the account itself, nor a card about it or the whole. */
export function isWell(account: Account, { troubles }: Pick<Snapshot, 'troubles'>, now: Instant): boolean {
  const isCalm = [...troubles, ...account.troubles].every((failure) => toneOf(failure) === 'calm');
  return isCalm && concernOf(account, now) === 'none';
}

export type ClockTone = 'accent' | 'warning';

/** Amber is for people (`concernOf`). */
export function accessTone(account: Account, now: Instant): ClockTone {
  // That the login's days are counted is not the token's doing.
  const isOwn = leadingClock(account, now) === 'access';
  return isOwn && concernOf(account, now) !== 'none' ? 'warning' : 'accent';
}

export function loginTone(account: Account, now: Instant): ClockTone {
  const isOwn = leadingClock(account, now) === 'login';
  return isOwn && concernOf(account, now) !== 'none' ? 'warning' : 'accent';
}
