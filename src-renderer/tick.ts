import { MINUTE, SECOND, type Instant } from '../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../src-main/domain/snapshot.ts';
import { refreshLead } from '../src-main/domain/standing.ts';

/**
 * Milliseconds until something that the window says of time reads differently: the next whole second of a running
 * countdown, the next whole minute of a longer one, or the instant an account's standing changes. `null` when
 * nothing counts down.
 */
export function untilWordsChange(snapshot: Snapshot, now: Instant): number | null {
  const deadlines = snapshot.accounts.flatMap(deadlinesOf).map((deadline) => {
    const left = deadline - now;
    return untilNext(left, left > MINUTE ? MINUTE : SECOND);
  });
  const approval = snapshot.signIn?.approvalDeadline ?? null;
  if (approval !== null) deadlines.push(untilNext(approval - now, SECOND));
  const ahead = deadlines.filter((delay) => delay !== null);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function deadlinesOf({ accessIssuedAt, accessExpiresAt, loginExpiresAt }: Account): Instant[] {
  const access =
    accessExpiresAt === null
      ? []
      : [accessExpiresAt, accessExpiresAt - refreshLead(accessIssuedAt, accessExpiresAt)];
  return loginExpiresAt === null ? access : [...access, loginExpiresAt];
}

/** The wait until `left` has gone down to the next multiple of `unit`, at least a millisecond; `null` once over. */
function untilNext(left: number, unit: number): number | null {
  if (left <= 0) return null;
  // Words round down, so they change just after the multiple is reached.
  return (left % unit) + 1;
}
