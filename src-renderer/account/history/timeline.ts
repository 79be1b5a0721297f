import { eventTone, runsOf, type EventRun, type EventTone } from '../../../src-main/domain/event-runs.ts';
import {
  bringsCredential,
  hasLostAnswer,
  loginEnd,
  type HistoryEvent,
} from '../../../src-main/domain/history.ts';
import type { Instant } from '../../../src-main/domain/instant.ts';
import { planRefresh } from '../../../src-main/domain/refresh-policy.ts';
import { endOf } from '../../../src-main/domain/refusal.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { concernOf, isLoginNearItsEnd, isLoginOver } from '../../../src-main/domain/standing.ts';
import { secretOf } from '../../../src-main/domain/storage.ts';
import { describeRun } from '../../../src-main/words/history-words.ts';
import type { Words } from '../../../src-main/words/words.ts';

/** The last days of a history as a band, ready to be drawn: every `x` is 0 (left) to 1 (right). */
export interface Timeline {
  /** How the login fared, from the first event shown until now, or until its token ended. */
  readonly stretches: readonly Stretch[];
  /** What happened, from left to right, none hiding another one. */
  readonly marks: readonly Mark[];
  readonly columns: readonly Column[];
  readonly unit: 'days' | 'hours';
  readonly now: number;
  /** Each time that a credential came. */
  readonly ticks: readonly number[];
  /** When the token is to be renewed next; `null` where it is not. */
  readonly next: number | null;
  /** The login's end, at the right edge, where the days between are left out; `null` where nothing is promised. */
  readonly end: { readonly label: string; readonly isNear: boolean } | null;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly tone: Exclude<EventTone, 'calm'>;
}

export interface Mark {
  readonly x: number;
  readonly event: HistoryEvent;
  /** For whoever points at it. */
  readonly title: string;
}

/** A day, or, where there is one day only, six hours that begin at what the label says. */
export interface Column {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** The same where large text has no room for it; it may not tell one day from another. */
  readonly narrowLabel: string;
  readonly isPresent: boolean;
}

/** The longest time shown. */
const DAYS = 7;
/** Marks nearer to each other than this would overlap in a window of 320 px. */
const LEAST_GAP = 0.06;

/** What is left of the width for what comes after today: not to scale. */
const AHEAD = 0.17;
/** Ticks nearer to each other than this are one. */
const LEAST_TICK_GAP = 0.008;

/**
 * From the day of the first event on, seven days at most, to the end of today, and after that the login's end. Pure;
 * days are those of local time.
 */
export function timelineOf(words: Words, account: Account, now: Instant): Timeline {
  const { history, loginExpiresAt } = account;
  const days = daysShown(history, now);
  const from = startOfDay(now, 1 - days);
  const to = startOfDay(now, 1);
  // After the clock was set back events may seem to be to come.
  const end = isEndPromised(account, now) ? loginExpiresAt : null;
  const width = end === null ? 1 : 1 - AHEAD;
  const place = (instant: Instant) => ((Math.min(Math.max(instant, from), now) - from) / (to - from)) * width;
  const next = nextRenewal(account, now);
  const runs = runsOf(history);
  return {
    stretches: untilTokenEnded(stretchesOf(runs, place, place(now)), account, place, now),
    marks: marksOf(
      words,
      runs.filter((run) => lastOf(run).at >= from),
      place,
      now,
    ),
    unit: days === 1 ? 'hours' : 'days',
    columns: (days === 1 ? hoursOf(words, from, to, now) : daysOf(words, days, now)).map((column) => ({
      ...column,
      from: column.from * width,
      to: column.to * width,
    })),
    now: place(now),
    ticks: ticksOf(history, from, place),
    next: next === null ? null : next < to ? ((next - from) / (to - from)) * width : nextDay(end),
    end: end === null ? null : { label: words.format.shortDay(end), isNear: isLoginNearItsEnd(account, now) },
  };
}

function isEndPromised(account: Account, now: Instant): boolean {
  return (
    account.loginExpiresAt !== null &&
    !isLoginOver(account, now) &&
    loginEnd(account.history) === null &&
    !hasLostAnswer(account.history) &&
    secretOf(account) !== 'missing' &&
    account.whereabouts !== 'nowhere'
  );
}

/** One that is promised: what is only to be tried again is no promise. */
function nextRenewal(account: Account, now: Instant): Instant | null {
  if (isLoginOver(account, now) || secretOf(account) !== 'at-hand') return null;
  const { at, reason } = planRefresh(account, account.history, now);
  return at !== null && at > now && reason !== 'after-refusal' && reason !== 'network-back' ? at : null;
}

/** Where a renewal of one of the next days stands, in what is left for them. */
function nextDay(end: Instant | null): number | null {
  return end === null ? null : 1 - AHEAD * 0.7;
}

/** A band that went on as well as ever, while the token was over, would contradict all else on the page. */
function untilTokenEnded(
  stretches: readonly Stretch[],
  account: Account,
  place: Place,
  now: Instant,
): readonly Stretch[] {
  const last = stretches.at(-1);
  const { accessExpiresAt } = account;
  if (last?.tone !== 'good' || accessExpiresAt === null || accessExpiresAt >= now) return stretches;
  const ended = Math.max(place(accessExpiresAt), last.from);
  const over: readonly Stretch[] =
    concernOf(account, now) === 'none' ? [] : [{ from: ended, to: last.to, tone: 'warning' }];
  return [...stretches.slice(0, -1), { ...last, to: ended }, ...over].filter(({ from, to }) => to > from);
}

function ticksOf(history: readonly HistoryEvent[], from: Instant, place: Place): readonly number[] {
  const ticks: number[] = [];
  for (const { kind, at } of history) {
    if (!bringsCredential(kind) || at < from) continue;
    const x = place(at);
    if (x - (ticks.at(-1) ?? -1) >= LEAST_TICK_GAP) ticks.push(x);
  }
  return ticks;
}

type Place = (instant: Instant) => number;

function daysShown(history: readonly HistoryEvent[], now: Instant): number {
  const first = history[0]?.at ?? now;
  for (let days = 1; days < DAYS; days++) if (first >= startOfDay(now, 1 - days)) return days;
  return DAYS;
}

function stretchesOf(runs: readonly EventRun[], place: Place, end: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [first] of runs) {
    const tone = eventTone(first);
    const last = stretches.at(-1);
    // Neither waking up nor a notification changes how the login stands.
    if (tone === 'calm' || last?.tone === tone) continue;
    const from = place(first.at);
    if (last !== undefined) stretches[stretches.length - 1] = { ...last, to: from };
    stretches.push({ from, to: end, tone });
  }
  return stretches.filter(({ from, to }) => to > from);
}

/** What must not be hidden comes first: of two marks in one place only the more telling one is drawn. */
const RANK: Record<HistoryEvent['kind'], number> = {
  removed: 0,
  replaced: 0,
  refused: 1,
  'signed-in': 2,
  'put-back': 2,
  adopted: 3,
  refreshed: 4,
  woke: 5,
  'made-private': 5,
  'handed-out': 5,
  'signed-out': 5,
  notified: 6,
};

function marksOf(words: Words, runs: readonly EventRun[], place: Place, now: Instant): readonly Mark[] {
  const kept: Mark[] = [];
  // What the present is due to: a picture that ended in what was mended since would alarm for nothing.
  const latest = runs.findLast(([first]) => eventTone(first) !== 'calm');
  const rankOf = (run: EventRun) => (run === latest ? -1 : usualRankOf(run));
  const byRank = runs
    .filter(([{ kind }]) => kind !== 'notified')
    // Among equals the latest.
    .toSorted((a, b) => rankOf(a) - rankOf(b) || lastOf(b).at - lastOf(a).at);
  for (const run of byRank) {
    const event = lastOf(run);
    const x = place(event.at);
    if (kept.some((mark) => Math.abs(mark.x - x) < LEAST_GAP)) continue;
    const { title, when } = describeRun(words, run, now);
    kept.push({ x, event, title: words.history.eventAt(title, when) });
  }
  return kept.toSorted((a, b) => a.x - b.x);
}

/** What ended a login is as telling as it gets. */
function usualRankOf([first]: EventRun): number {
  const isEnd = first.kind === 'refused' && endOf(first.failure) === 'refused';
  return isEnd || eventTone(first) === 'trouble' ? 0 : RANK[first.kind];
}

function lastOf(run: EventRun): HistoryEvent {
  return run.at(-1) ?? run[0];
}

function daysOf(words: Words, days: number, now: Instant): readonly Column[] {
  const midnights = Array.from({ length: days + 1 }, (_, index) => startOfDay(now, index + 1 - days));
  const { format } = words;
  const narrow = (start: Instant) => format.weekday(start, days > 4 ? 'narrow' : 'short');
  return columnsBetween(midnights, now, (start) => format.weekday(start, 'short'), narrow);
}

function hoursOf(words: Words, from: Instant, to: Instant, now: Instant): readonly Column[] {
  const starts = [0, 6, 12, 18].map((hour) => new Date(from).setHours(hour));
  return columnsBetween([...starts, to], now, (start) => words.format.time(start));
}

function columnsBetween(
  bounds: readonly Instant[],
  now: Instant,
  label: (start: Instant) => string,
  narrowLabel = label,
): readonly Column[] {
  const [first = now, last = now] = [bounds[0], bounds.at(-1)];
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index] ?? first;
    return {
      from: (start - first) / (last - first),
      to: (end - first) / (last - first),
      label: label(start),
      narrowLabel: narrowLabel(start),
      isPresent: start <= now && now < end,
    };
  });
}

/** Midnight, `days` later than today's: a day is not always 24 hours. */
function startOfDay(now: Instant, days: number): Instant {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
