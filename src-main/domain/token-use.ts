import { entryLoss, refusalsInARow } from './history.ts';
import { MINUTE, type Instant } from './instant.ts';
import { planRefresh } from './refresh-policy.ts';
import type { Account } from './snapshot.ts';
import { hasFailedToRenew, standingOf } from './standing.ts';

/** There is an access token to use elsewhere: one that lasts for a while, or that a refresh can bring now. */
export function canCopyToken(account: Account, now: Instant): boolean {
  const { accessExpiresAt, history, refreshable } = account;
  if (entryLoss(history) !== null) return false;
  const lasts = accessExpiresAt === null || now < accessExpiresAt - MINUTE;
  const isRenewed = refreshable && standingOf(account, now) !== 'needs-sign-in';
  // What has failed just now would fail again: renewing comes first, and has a button of its own.
  const mayRefresh = isRenewed && !hasFailedToRenew(account);
  return lasts || mayRefresh;
}

/** Asking a service that asks to slow down would only prolong it. */
export function isAskedToWait(account: Account, now: Instant): boolean {
  const last = refusalsInARow(account.history).at(-1);
  if (last?.failure.code !== 'rate-limited') return false;
  const { at } = planRefresh(account, account.history, now);
  return at !== null && at > now;
}
