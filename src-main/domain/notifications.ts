import {
  entryLoss,
  loginEnd,
  refusalsInARow,
  sinceEntryInPlace,
  sinceLastGood,
  sinceSignIn,
} from './history.ts';
import type { HistoryEvent, NotificationTopic } from './history.ts';
import type { Instant } from './instant.ts';
import { DAY } from './instant.ts';
import { isOfNetwork } from './refusal.ts';
import { LOGIN_ENDS_SOON } from './standing.ts';

/** What the notifications need to know of an account. */
export interface NotificationFacts {
  readonly accessExpiresAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
  /** Whether the token can be renewed without the person. */
  readonly refreshable: boolean;
}

/** What a person has to be told now, if anything: each topic once an episode, however often one looks. */
export function dueNotification(
  { accessExpiresAt, loginExpiresAt, refreshable }: NotificationFacts,
  history: readonly HistoryEvent[],
  now: Instant,
): NotificationTopic | null {
  if (entryLoss(history) !== null) return unlessTold('entry-lost', sinceEntryInPlace(history));
  const isTokenOver = accessExpiresAt !== null && now >= accessExpiresAt;
  // Where it can be renewed that is tried, whatever its end: the clock may be wrong, or was when that was reckoned. What
  // never reached the service tells nothing.
  const isTried = !refreshable || refusalsInARow(history).some(({ failure }) => !isOfNetwork(failure));
  const isLoginOver = loginExpiresAt !== null && now >= loginExpiresAt && isTried;
  // Of what another program put there, and never was ours to keep, nobody is told.
  const isOver = isTokenOver && (isLoginOver || (!refreshable && history.length > 0));
  if (loginEnd(history) !== null || isOver) return unlessTold('needs-sign-in', sinceLastGood(history));
  if (loginExpiresAt === null || now >= loginExpiresAt) return null;
  const login = sinceSignIn(history);
  if (now >= loginExpiresAt - DAY) return unlessTold('login-ends-in-1-day', login);
  if (now >= loginExpiresAt - LOGIN_ENDS_SOON) return unlessTold('login-ends-in-3-days', login);
  return null;
}

/** The next instant at which the passing of time alone makes a notification due; `null` for none. */
export function nextNotificationAt(
  { accessExpiresAt, loginExpiresAt, refreshable }: NotificationFacts,
  now: Instant,
): Instant | null {
  const tokenEnd = refreshable || accessExpiresAt === null ? [] : [accessExpiresAt];
  const loginEnds = loginExpiresAt === null ? [] : [loginExpiresAt - LOGIN_ENDS_SOON, loginExpiresAt - DAY];
  const overAt = loginExpiresAt === null ? [] : [Math.max(loginExpiresAt, accessExpiresAt ?? -Infinity)];
  const instants = [...tokenEnd, ...loginEnds, ...overAt].filter((instant) => instant > now);
  return instants.length === 0 ? null : Math.min(...instants);
}

function unlessTold(topic: NotificationTopic, episode: readonly HistoryEvent[]): NotificationTopic | null {
  return episode.some((event) => event.kind === 'notified' && event.about === topic) ? null : topic;
}
