import { MINUTE, SECOND, type Instant } from '../../src-main/domain/instant.ts';
import { refreshLead } from '../../src-main/domain/refresh-policy.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';

/**
 * Milliseconds until something that the window says of time reads differently: the next whole second of the time left
 * to approve or until the exchange is tried again, the next whole minute of a token or a login, or the instant an account's standing changes. `null` when
 * nothing counts down.
 */
export function untilWordsChange(snapshot: Snapshot, now: Instant): number | null {
  const changes = snapshot.accounts.flatMap((account) => [
    ...countdownsOf(account).map((deadline) => untilNext(deadline - now, MINUTE)),
    ...standingChangesOf(account).map((instant) => untilNext(instant - now, Infinity)),
  ]);
  const { approvalDeadline, retryAt } = snapshot.signIn ?? { approvalDeadline: null, retryAt: null };
  for (const deadline of [approvalDeadline, retryAt]) {
    if (deadline !== null) changes.push(untilNext(deadline - now, SECOND));
  }
  const ahead = changes.filter((delay) => delay !== null);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function countdownsOf({ accessExpiresAt, loginExpiresAt }: Account): Instant[] {
  return [accessExpiresAt, loginExpiresAt].filter((deadline) => deadline !== null);
}

/** Nothing counts down to these: they are worth waking for, and the seconds before them are not. */
function standingChangesOf({ accessIssuedAt, accessExpiresAt }: Account): Instant[] {
  return accessExpiresAt === null ? [] : [accessExpiresAt - refreshLead(accessIssuedAt, accessExpiresAt)];
}

/** The wait until `left` has gone down to the next multiple of `unit`, at least a millisecond; `null` once over. */
function untilNext(left: number, unit: number): number | null {
  if (left <= 0) return null;
  // Words round down, so they change just after the multiple is reached.
  return (left % unit) + 1;
}
