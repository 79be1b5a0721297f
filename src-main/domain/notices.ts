import { entryLoss, loginEnd, sinceEntryInPlace, sinceLastGood, sinceSignIn } from './history.ts';
import type { HistoryEvent, NoticeTopic } from './history.ts';
import type { Instant } from './instant.ts';
import { DAY } from './instant.ts';

/** What the notices need to know of an account. */
export interface NoticeFacts {
  readonly accessExpiresAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
}

/** What a person has to be told now, if anything: each topic once an episode, however often one looks. */
export function dueNotice(
  { accessExpiresAt, loginExpiresAt }: NoticeFacts,
  history: readonly HistoryEvent[],
  now: Instant,
): NoticeTopic | null {
  if (entryLoss(history) !== null) return unlessTold('entry-lost', sinceEntryInPlace(history));
  const isOver =
    loginExpiresAt !== null && now >= loginExpiresAt && accessExpiresAt !== null && now >= accessExpiresAt;
  if (loginEnd(history) !== null || isOver) return unlessTold('needs-sign-in', sinceLastGood(history));
  if (loginExpiresAt === null || now >= loginExpiresAt) return null;
  const login = sinceSignIn(history);
  if (now >= loginExpiresAt - DAY) return unlessTold('login-ends-in-1-day', login);
  if (now >= loginExpiresAt - 3 * DAY) return unlessTold('login-ends-in-3-days', login);
  return null;
}

/** The next instant at which the passing of time alone makes a notice due; `null` for none. */
export function nextNoticeAt({ accessExpiresAt, loginExpiresAt }: NoticeFacts, now: Instant): Instant | null {
  if (loginExpiresAt === null) return null;
  const overAt = Math.max(loginExpiresAt, accessExpiresAt ?? -Infinity);
  const instants = [loginExpiresAt - 3 * DAY, loginExpiresAt - DAY, overAt];
  return instants.find((instant) => instant > now) ?? null;
}

function unlessTold(topic: NoticeTopic, episode: readonly HistoryEvent[]): NoticeTopic | null {
  return episode.some((event) => event.kind === 'notified' && event.about === topic) ? null : topic;
}
