import { entryLoss, loginEnd } from '../src-main/domain/history.ts';
import type { Instant } from '../src-main/domain/instant.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import { standingOf } from '../src-main/domain/standing.ts';
import { isAskedToWait } from './account-actions.ts';

/** What the access token's clock means for the person, now: the second line under `AccountWords.access`. */
export function accessHint(account: Account, now: Instant): string {
  const { accessExpiresAt, history, refreshable } = account;
  const lives = accessExpiresAt === null || now < accessExpiresAt;
  const standing = standingOf(account, now);
  if (entryLoss(history) !== null) return 'Other programs no longer find it in the config file.';
  if (standing === 'needs-sign-in') return lives ? lastHours(account) : noMore(account);
  if (standing === 'expired') {
    return account.refreshing || isAskedToWait(account, now)
      ? 'You are still signed in.'
      : 'You are still signed in: a refresh is enough.';
  }
  if (!refreshable) return 'It works until its end, and cannot be renewed.';
  return standing === 'expiring'
    ? 'It ends in a moment; your login goes on.'
    : 'What programs use to talk to Claude.';
}

function lastHours({ history }: Account): string {
  return loginEnd(history) === 'uncertain'
    ? 'It works until its end. Whether it can be renewed is uncertain.'
    : 'It works until its end.';
}

function noMore({ history }: Account): string {
  return loginEnd(history) === 'uncertain'
    ? 'Whether it can be renewed is uncertain: signing in again surely helps.'
    : 'Sign in again to get a new one.';
}
