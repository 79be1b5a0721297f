import { entryLoss, isGotByUs, lastGood, loginEnd, refusalsInARow, sinceLastGood } from './history.ts';
import type { HistoryEvent, Refusal, WakeCause } from './history.ts';
import type { Instant } from './instant.ts';
import { HOUR, MINUTE, SECOND } from './instant.ts';
import { isNotAsked, isOfNetwork, isOfWay, type RefusalCode, type RefusalFailure } from './refusal.ts';

/** What the policy needs to know of a credential. */
export interface RefreshFacts {
  readonly accessIssuedAt: Instant | null;
  readonly accessExpiresAt: Instant | null;
  readonly refreshable: boolean;
}

/** When to refresh next and why then, or why never. */
export type RefreshPlan =
  | {
      readonly at: Instant;
      readonly reason:
        'before-expiry' | 'expired' | 'clock-jumped' | 'after-refusal' | 'network-back' | 'not-too-often';
    }
  | { readonly at: null; readonly reason: 'no-refresh-token' | 'entry-lost' | 'login-ended' | 'uncertain' };

/** Before other programs begin to renew the token themselves, which is 5 to 15 minutes (`facts.md` section 3). */
export const LONGEST_LEAD = 20 * MINUTE;

/** The lead with which an access token is renewed: 20 minutes, or a fifth of its lifetime where that is shorter. */
export function refreshLead(issuedAt: Instant | null, expiresAt: Instant): number {
  if (issuedAt === null || issuedAt >= expiresAt) return LONGEST_LEAD;
  return Math.min(LONGEST_LEAD, (expiresAt - issuedAt) / 5);
}

/** A token without a known end is renewed as often as one of the usual lifetime (`facts.md` section 1: 8 h). */
const UNKNOWN_LIFETIME = 8 * HOUR;
/** The least time between two refreshes that succeed; longer where the lifetime told is absurd (0 or less). */
const LEAST_INTERVAL = 2 * SECOND;
const LEAST_INTERVAL_WITHOUT_LIFETIME = 5 * MINUTE;
const FIRST_RETRY = 5 * SECOND;
const LONGEST_WAIT = 6 * HOUR;
const LONGEST_LOCAL_WAIT = 10 * MINUTE;
/** What was noted no further ahead than this was noted by the clock as it goes now; further, by one set back since. */
const CLOCK_TOLERANCE = 2 * MINUTE;

/**
 * When to refresh next. Pure: the same credential, history and instant give the same plan; a plan in the past means
 * now. Never earlier than the last refusal allows by the wall clock: a clock set forward may cost one early try, and so
 * may one set back while nobody noted it. A plan that lies ahead stays where it is as time passes: none is put off
 * for ever.
 */
export function planRefresh(
  facts: RefreshFacts,
  history: readonly HistoryEvent[],
  now: Instant,
): RefreshPlan {
  if (!facts.refreshable) return { at: null, reason: 'no-refresh-token' };
  // What stands in the file now is not ours, or is spent: a refresh could end the login that the person still has.
  if (entryLoss(history) !== null) return { at: null, reason: 'entry-lost' };
  const end = loginEnd(history);
  if (end !== null) return { at: null, reason: end === 'refused' ? 'login-ended' : 'uncertain' };
  const last = refusalsInARow(history).at(-1);
  if (last !== undefined) return planAfter(last, history, now);
  // What is known of its receipt may have been given up since, as of a clock that was ahead.
  const receivedAt = Math.max(facts.accessIssuedAt ?? -Infinity, lastGood(history)?.at ?? -Infinity);
  // Received in the future: the clock was set back since, and nobody knows how much of the token's life is over.
  if (receivedAt > now + CLOCK_TOLERANCE) return { at: now, reason: 'clock-jumped' };
  return planByLifetime(facts, isGotByUs(history), now);
}

function planByLifetime(
  { accessIssuedAt, accessExpiresAt }: RefreshFacts,
  isOurs: boolean,
  now: Instant,
): RefreshPlan {
  const due = dueAt(accessIssuedAt, accessExpiresAt, now);
  const earliest = earliestAfter(accessIssuedAt, accessExpiresAt, isOurs);
  if (earliest > due) return { at: earliest, reason: 'not-too-often' };
  const isExpired = accessExpiresAt !== null && now >= accessExpiresAt;
  return { at: due, reason: isExpired ? 'expired' : 'before-expiry' };
}

function dueAt(issuedAt: Instant | null, expiresAt: Instant | null, now: Instant): Instant {
  if (expiresAt !== null) return expiresAt - refreshLead(issuedAt, expiresAt);
  // Counted from now it would never come.
  if (issuedAt === null) return now;
  const end = issuedAt + UNKNOWN_LIFETIME;
  return end - refreshLead(issuedAt, end);
}

function earliestAfter(issuedAt: Instant | null, expiresAt: Instant | null, isOurs: boolean): Instant {
  if (issuedAt === null || expiresAt === null) return -Infinity;
  if (expiresAt - issuedAt >= LEAST_INTERVAL) return issuedAt + LEAST_INTERVAL;
  if (isOurs) return issuedAt + LEAST_INTERVAL_WITHOUT_LIFETIME;
  // Found in the file when it was over, or nearly: nothing was received then, and nothing is to be waited for.
  return Math.min(issuedAt, expiresAt) + LEAST_INTERVAL;
}

function planAfter(last: Refusal, history: readonly HistoryEvent[], now: Instant): RefreshPlan {
  const later = history.slice(history.lastIndexOf(last) + 1);
  // After the clock was set back the wait counts from when that was noticed: else it would last as long as the jump.
  const newest = later.at(-1) ?? last;
  const { at: since } = [last, ...later].find(({ at }) => at <= newest.at + CLOCK_TOLERANCE) ?? newest;
  // Set back while nobody looked: how much of the wait is over can never be told.
  if (since > now + CLOCK_TOLERANCE) return { at: now, reason: 'clock-jumped' };
  const wait = waitAfter(last.failure, countOf(last, history));
  if (isOfWay(last.failure)) {
    // What somebody on the way has answered is not gone because connections can be made: they could before.
    const causes = isOfNetwork(last.failure) ? BACK : ELSEWHERE;
    const back = later.findLast((event) => event.kind === 'woke' && causes.includes(event.by));
    if (back !== undefined) {
      // Another network is worth one try, whatever the one before was.
      const isElsewhere = back.kind === 'woke' && back.by === 'another-network';
      const times = isElsewhere ? 1 : 1 + falseReturns(last, history);
      const shorter = Math.min(wait, doubling(FIRST_RETRY, times));
      return { at: Math.max(since + shorter, Math.min(back.at, now)), reason: 'network-back' };
    }
  }
  return { at: since + wait, reason: 'after-refusal' };
}

/**
 * How a refusal backs off: the table of `facts.md` section 1. What has a name in common backs off together: such
 * causes alternate within one outage, and each by itself would have it tried twice as often. Apart, since they begin
 * with seconds and with minutes. `local`: nothing left this machine.
 */
type BackOff = 'outage' | 'obstacle' | 'asked' | 'lost' | 'local' | 'by-itself';

const BACK_OFF: Readonly<Record<RefusalCode, BackOff>> = {
  'network-down': 'outage',
  'service-down': 'outage',
  'network-challenge': 'obstacle',
  'request-malformed': 'obstacle',
  'answer-unexpected': 'obstacle',
  'token-endpoint-missing': 'obstacle',
  'connection-untrusted': 'obstacle',
  'proxy-unusable': 'obstacle',
  'proxy-refused': 'obstacle',
  'proxy-login': 'obstacle',
  'rate-limited': 'asked',
  'answer-lost': 'lost',
  // It ends the login, so that nothing is tried again.
  'grant-refused': 'by-itself',
  // Nothing renews it from then on, so that nothing is tried again.
  'not-refreshable': 'by-itself',
  'login-locked': 'local',
  'nowhere-to-store': 'local',
  'config-unreadable': 'local',
  'config-not-yaml': 'local',
  'config-shape': 'local',
  'config-not-writable': 'local',
  'config-locked': 'local',
  'data-not-writable': 'local',
  'secret-locked': 'obstacle',
  'secret-missing': 'obstacle',
  internal: 'by-itself',
};

/** How many of the refusals in a row had this cause, or one that backs off together with it. */
function countOf({ failure }: Refusal, history: readonly HistoryEvent[]): number {
  return refusalsInARow(history).filter((each) => isAlike(each.failure, failure)).length;
}

function isAlike(one: RefusalFailure, other: RefusalFailure): boolean {
  const backOff = BACK_OFF[one.code];
  return (
    one.code === other.code || (!['local', 'by-itself'].includes(backOff) && backOff === BACK_OFF[other.code])
  );
}

/** What tells that this may be another network, and what that there is one at all. */
const ELSEWHERE: readonly WakeCause[] = ['resume', 'another-network'];
const BACK: readonly WakeCause[] = [...ELSEWHERE, 'network'];

/**
 * How often the network was found back and the refresh failed all the same, as behind a filter that lets connections
 * through and requests not. A machine that resumes may be elsewhere: counted afresh from there. Of what is not for want of
 * a network: how often it has resumed, as one does by itself all night. What an interface that changed has led to is
 * counted where that is noticed (`Keeper`).
 */
function falseReturns(last: Refusal, history: readonly HistoryEvent[]): number {
  const row = sinceLastGood(history);
  const wakes = (by: WakeCause, from = 0) =>
    row.slice(from, row.lastIndexOf(last)).filter((event) => event.kind === 'woke' && event.by === by).length;
  if (!isOfNetwork(last.failure)) return wakes('resume');
  const resumed = row.findLastIndex((event) => event.kind === 'woke' && event.by === 'resume');
  return wakes('network', resumed + 1);
}

/** The wait after the n-th refusal in a row of what backs off together. */
function waitAfter(failure: RefusalFailure, times: number): number {
  switch (isNotAsked(failure) ? 'local' : BACK_OFF[failure.code]) {
    case 'asked': {
      const asked = failure.code === 'rate-limited' ? failure.retryAfterSeconds : null;
      if (asked === null) return doubling(5 * MINUTE, times);
      // A service that goes on asking for 0 seconds is not asked every few seconds.
      return Math.min(Math.max(asked * SECOND, doubling(FIRST_RETRY, times)), LONGEST_WAIT);
    }
    case 'obstacle':
      return doubling(5 * MINUTE, times);
    case 'lost':
      return MINUTE;
    case 'local':
      // Nobody was asked, and a person may have mended it meanwhile.
      return Math.min(doubling(FIRST_RETRY, times), LONGEST_LOCAL_WAIT);
    case 'outage':
    case 'by-itself':
      return doubling(FIRST_RETRY, times);
  }
}

function doubling(first: number, times: number): number {
  return Math.min(first * 2 ** (times - 1), LONGEST_WAIT);
}
