import type { Instant } from './instant.ts';
import { DAY } from './instant.ts';
import { entryLoss, loginEnd, refusalsInARow } from './history.ts';
import { planRefresh, refreshLead } from './refresh-policy.ts';
import type { Account } from './snapshot.ts';
import { secretOf } from './storage.ts';

/**
 * How an account stands at an instant. `expiring`: the token ends soon, and a try to renew it has failed or nothing
 * renews it. `expired`: a refresh will do. `needs-sign-in`: only a person can.
 */
export type Standing = 'signed-out' | 'signing-in' | 'valid' | 'expiring' | 'expired' | 'needs-sign-in';

/** From when on a login's end is worth a look: the first notification comes then, too (`notifications.ts`). */
export const LOGIN_ENDS_SOON = 3 * DAY;

/** Whether the login reaches its end within days, or has: a person does well to sign in, whatever the token has left. */
export function isLoginNearItsEnd(
  { loginExpiresAt }: Pick<Account, 'loginExpiresAt'>,
  now: Instant,
): boolean {
  return loginExpiresAt !== null && now >= loginExpiresAt - LOGIN_ENDS_SOON;
}

/** Whether the login's time has passed. A refresh is still tried, and nothing is promised of it. */
export function isLoginOver({ loginExpiresAt }: Pick<Account, 'loginExpiresAt'>, now: Instant): boolean {
  return loginExpiresAt !== null && now >= loginExpiresAt;
}

/** Whether nothing is left that could renew it: the keychain has lost that, or it never came and the token has ended. */
export function isUnrenewable(account: Account, now: Instant): boolean {
  const { accessExpiresAt, loginExpiresAt, refreshable, whereabouts } = account;
  if (secretOf(account) === 'missing') return true;
  if (refreshable || loginExpiresAt !== null || whereabouts !== 'config-file') return false;
  return accessExpiresAt !== null && now >= accessExpiresAt;
}

/** The standing of one account, a sign-in under way left out of account. */
export function standingOf(account: Account, now: Instant): Exclude<Standing, 'signed-out' | 'signing-in'> {
  // Refreshing has come to its end: the token may live on for a while, but only a person can prolong that.
  if (loginEnd(account.history) !== null || secretOf(account) === 'missing') return 'needs-sign-in';
  const loginOver = isLoginOver(account, now);
  const expiresAt = account.accessExpiresAt;
  // Without an expiry nobody can tell: other programs take such a token as lasting, and so do we until it is refused.
  if (expiresAt === null) return loginOver ? 'needs-sign-in' : 'valid';
  // What was taken out of the file, or replaced there, is not renewed: a person has to say what counts.
  const isRenewed = account.refreshable && !loginOver && entryLoss(account.history) === null;
  if (now >= expiresAt) return isRenewed ? 'expired' : 'needs-sign-in';
  // Renewing begins there: while that goes as it should, nothing is different.
  const endsSoon = now >= expiresAt - refreshLead(account.accessIssuedAt, expiresAt);
  return endsSoon && (!isRenewed || hasFailedToRenew(account)) ? 'expiring' : 'valid';
}

/**
 * Whether an account asks for a look, and of whom: `person` alone can say what counts, or sign in; a `look` is worth
 * the last days of a login, a token that a try did not renew, and one that nothing renews, for now or at all. All else is
 * nobody's business, renewing itself included: what is shown in amber follows this (`words/tray-tooltip-words.ts`).
 */
export type Concern = 'none' | 'look' | 'person';

export function concernOf(account: Account, now: Instant): Concern {
  const standing = standingOf(account, now);
  // A login that is over is as one that was refused, however long its token lives on.
  const isOver = standing === 'needs-sign-in' || isLoginOver(account, now);
  if (isOver || entryLoss(account.history) !== null) return 'person';
  if (isOutOfReach(account) || isHeldUpByFile(account)) return 'look';
  if (isLoginNearItsEnd(account, now) || hasFailedToRenew(account)) return 'look';
  // One that ended in a night's sleep is renewed at once.
  if (standing === 'expired') return planRefresh(account, account.history, now).at === null ? 'look' : 'none';
  return standing === 'expiring' ? 'look' : 'none';
}

/** Whether what renews the token lies where nobody can get at it now. */
export function isOutOfReach(account: Account): boolean {
  return ['locked', 'away'].includes(secretOf(account));
}

/** Whether what renews the token lies in the config file alone, which cannot be read now. */
export function isHeldUpByFile({ whereabouts, refreshable }: Account): boolean {
  return whereabouts === 'unknown' && !refreshable;
}

/** Whether a try to renew the token has failed since it came. */
export function hasFailedToRenew({ history }: Pick<Account, 'history'>): boolean {
  return refusalsInARow(history).length > 0;
}
