import type { Failure } from './failure.ts';
import { refusalsInARow, type HistoryEvent } from './history.ts';
import type { Instant } from './instant.ts';
import { HOUR, MINUTE, SECOND } from './instant.ts';
import { refreshLead } from './standing.ts';

/** What the policy needs to know of a credential. */
export interface RefreshFacts {
  readonly accessIssuedAt: Instant | null;
  readonly accessExpiresAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
  readonly refreshable: boolean;
}

/** When to refresh next and why then, or why never. */
export type RefreshPlan =
  | { readonly at: Instant; readonly reason: 'before-expiry' | 'expired' | 'after-refusal' | 'not-too-often' }
  | { readonly at: null; readonly reason: 'no-refresh-token' | 'login-ended' | 'login-over' | 'uncertain' };

/** A token without a known end is renewed as often as one of the usual lifetime (`facts.md` section 1: 8 h). */
const UNKNOWN_LIFETIME = 8 * HOUR;
/** The least time between two refreshes that succeed: what a lifetime of 0 or less would else make a hot loop. */
const LEAST_INTERVAL = 2 * SECOND;
const LEAST_INTERVAL_WITHOUT_LIFETIME = 5 * MINUTE;
const LONGEST_WAIT = 6 * HOUR;

/**
 * When to refresh next. Pure: the same credential, history and instant give the same plan; a plan in the past means
 * now. Never earlier than the last refusal allows, whatever the clock does.
 */
export function planRefresh(
  facts: RefreshFacts,
  history: readonly HistoryEvent[],
  now: Instant,
): RefreshPlan {
  if (!facts.refreshable) return { at: null, reason: 'no-refresh-token' };
  const refusals = refusalsInARow(history);
  const last = refusals.at(-1);
  if (last?.failure.code === 'grant-refused') return { at: null, reason: 'login-ended' };
  if (facts.loginExpiresAt !== null && now >= facts.loginExpiresAt) return { at: null, reason: 'login-over' };

  if (last !== undefined) {
    const lost = refusals.filter(({ failure }) => failure.code === 'answer-lost').length;
    // The token may be spent: one later try, then only the person can tell (`facts.md` section 1).
    if (lost > 1) return { at: null, reason: 'uncertain' };
    const wait = waitAfter(last.failure, countOf(refusals, last.failure));
    // A clock set back since must not stretch the wait beyond its length.
    return { at: Math.min(last.at, now) + wait, reason: 'after-refusal' };
  }

  const { accessIssuedAt, accessExpiresAt } = facts;
  const due = dueAt(accessIssuedAt, accessExpiresAt, now);
  const earliest = earliestAfter(accessIssuedAt, accessExpiresAt, now);
  if (earliest > due) return { at: earliest, reason: 'not-too-often' };
  const isExpired = accessExpiresAt !== null && now >= accessExpiresAt;
  return { at: due, reason: isExpired ? 'expired' : 'before-expiry' };
}

function dueAt(issuedAt: Instant | null, expiresAt: Instant | null, now: Instant): Instant {
  if (expiresAt !== null) return expiresAt - refreshLead(issuedAt, expiresAt);
  return Math.min(issuedAt ?? now, now) + UNKNOWN_LIFETIME - 5 * MINUTE;
}

function earliestAfter(issuedAt: Instant | null, expiresAt: Instant | null, now: Instant): Instant {
  if (issuedAt === null || expiresAt === null) return -Infinity;
  const interval = expiresAt - issuedAt > 0 ? LEAST_INTERVAL : LEAST_INTERVAL_WITHOUT_LIFETIME;
  return Math.min(issuedAt, now) + interval;
}

/** How many of the last refusals in a row had this same cause: each cause backs off by itself. */
function countOf(refusals: readonly { readonly failure: Failure }[], { code }: Failure): number {
  const other = refusals.findLastIndex(({ failure }) => failure.code !== code);
  return refusals.length - 1 - other;
}

/** The wait after the n-th refusal in a row of one cause: the table of `facts.md` section 1. */
function waitAfter(failure: Failure, times: number): number {
  switch (failure.code) {
    case 'rate-limited':
      return failure.retryAfterSeconds === null
        ? doubling(5 * MINUTE, times)
        : Math.min(failure.retryAfterSeconds * SECOND, LONGEST_WAIT);
    case 'network-challenge':
    case 'request-malformed':
    case 'answer-unexpected':
    case 'token-endpoint-missing':
    case 'connection-untrusted':
      return doubling(5 * MINUTE, times);
    case 'answer-lost':
      return MINUTE;
    default:
      return doubling(5 * SECOND, times);
  }
}

function doubling(first: number, times: number): number {
  return Math.min(first * 2 ** (times - 1), LONGEST_WAIT);
}
