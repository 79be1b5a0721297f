import type { Help } from '../src-main/domain/failure-words.ts';
import { entryLoss, loginEnd, refusalsInARow } from '../src-main/domain/history.ts';
import { DAY, MINUTE, type Instant } from '../src-main/domain/instant.ts';
import { planRefresh } from '../src-main/domain/refresh-policy.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import { standingOf } from '../src-main/domain/standing.ts';

/** Something to do about an account; `primary` is what helps now. */
export interface AccountAction extends Help {
  readonly look: 'primary' | 'secondary';
}

const REFRESH: Help = { kind: 'refresh', label: 'Refresh now' };
const SIGN_IN: Help = { kind: 'sign-in', label: 'Sign in again' };
const PUT_BACK: Help = { kind: 'put-back', label: 'Put it back' };

const primary = (help: Help): AccountAction => ({ ...help, look: 'primary' });
const secondary = (help: Help): AccountAction => ({ ...help, look: 'secondary' });

/** From when on signing in once more is offered: the first notification comes then, too (`notices.ts`). */
export const LOGIN_ENDS_SOON = 3 * DAY;

/** What a person can do about an account, what helps most last: by how it stands. */
export function accountActions(account: Account, now: Instant): readonly AccountAction[] {
  const { history, refreshable, loginExpiresAt } = account;
  if (entryLoss(history) !== null) {
    return hasCopy(account) ? [secondary(SIGN_IN), primary(PUT_BACK)] : [primary(SIGN_IN)];
  }
  const standing = standingOf(account, now);
  if (standing === 'needs-sign-in') {
    const mayTry = loginEnd(history) === 'uncertain';
    return mayTry ? [secondary(REFRESH), primary(SIGN_IN)] : [primary(SIGN_IN)];
  }
  if (!refreshable) return [secondary(SIGN_IN)];
  const refresh = isAskedToWait(account, now)
    ? []
    : [standing === 'expired' ? primary(REFRESH) : secondary(REFRESH)];
  const endsSoon = loginExpiresAt !== null && now >= loginExpiresAt - LOGIN_ENDS_SOON;
  return endsSoon ? [secondary(SIGN_IN), ...refresh] : refresh;
}

/** There is an access token to use elsewhere: one that lasts for a while, or that a refresh can bring now. */
export function canCopyToken(account: Account, now: Instant): boolean {
  const { accessExpiresAt, history, refreshable } = account;
  if (entryLoss(history) !== null) return false;
  const lasts = accessExpiresAt === null || now < accessExpiresAt - MINUTE;
  const mayRefresh =
    refreshable && standingOf(account, now) !== 'needs-sign-in' && !isAskedToWait(account, now);
  return lasts || mayRefresh;
}

/** Latchkey still holds an entry that another program removed or replaced. */
export function hasCopy({ troubles }: Account): boolean {
  return troubles.some((trouble) => 'copy' in trouble && trouble.copy);
}

/** Asking a service that asks to slow down would only prolong it. */
export function isAskedToWait(account: Account, now: Instant): boolean {
  const last = refusalsInARow(account.history).at(-1);
  if (last?.failure.code !== 'rate-limited') return false;
  const { at } = planRefresh(account, account.history, now);
  return at !== null && at > now;
}
