import { instantWords } from './duration-words.ts';
import { describeFailure } from './failure-words.ts';
import type { Failure } from './failure.ts';
import type { HistoryEvent, NoticeTopic, WakeCause } from './history.ts';
import type { Instant } from './instant.ts';
import { DAY } from './instant.ts';

/** `good`: a credential came that works; `calm`: something to know; `warning`: passes by itself; `trouble`: does not. */
export type EventTone = 'good' | 'calm' | 'warning' | 'trouble';

export interface EventWords {
  /** "Renewed 12 times", "Not renewed: no connection" */
  readonly title: string;
  /** Why, or what it means, in a sentence. */
  readonly detail: string | null;
  readonly tone: EventTone;
  /** "14:30", "yesterday 09:12", or from when till when: "21 November 08:00–16:20". Local time. */
  readonly when: string;
}

/** The same thing, happening again and again with nothing else in between; one event at least, oldest first. */
export type EventRun = readonly [HistoryEvent, ...HistoryEvent[]];

/**
 * A history as runs, oldest first. Waking up between two of the same ends no run: a laptop wakes several times a day,
 * and that it went on as before is the news.
 */
export function runsOf(history: readonly HistoryEvent[]): readonly EventRun[] {
  const runs: [HistoryEvent, ...HistoryEvent[]][] = [];
  for (const event of history) {
    const last = runs.at(-1);
    const beforeWaking = last?.[0].kind === 'woke' ? runs.at(-2) : undefined;
    if (last !== undefined && isSame(last[0], event)) last.push(event);
    else if (beforeWaking !== undefined && isSame(beforeWaking[0], event)) {
      runs.pop();
      beforeWaking.push(event);
    } else runs.push([event]);
  }
  return runs;
}

function isSame(a: HistoryEvent, b: HistoryEvent): boolean {
  if (a.kind === 'refused' && b.kind === 'refused') return a.failure.code === b.failure.code;
  if (a.kind === 'notified' && b.kind === 'notified') return a.about === b.about;
  return a.kind === b.kind;
}

export function describeEvent(event: HistoryEvent, now: Instant): EventWords {
  return describeRun([event], now);
}

export function describeRun(run: EventRun, now: Instant): EventWords {
  const { event, count } = tellingOf(run);
  const { what, cause = null, detail = null } = wordsOf(event);
  const times = count > 1 ? ` ${count} times` : '';
  return {
    title: `${what}${times}${cause === null ? '' : `: ${cause}`}`,
    detail,
    tone: eventTone(event),
    when: spanWords(run[0].at, (run.at(-1) ?? run[0]).at, now),
  };
}

/** Which of a run's events its words are about: the latest; of what woke us, what says most. */
function tellingOf(run: EventRun): { readonly event: HistoryEvent; readonly count: number } {
  const causes: readonly WakeCause[] = ['resume', 'network', 'clock-jump'];
  for (const cause of causes) {
    const woken = run.filter((event) => event.kind === 'woke' && event.by === cause);
    const last = woken.at(-1);
    if (last !== undefined) return { event: last, count: woken.length };
  }
  return { event: run.at(-1) ?? run[0], count: run.length };
}

interface Wording {
  readonly what: string;
  readonly cause?: string;
  readonly detail?: string;
}

function wordsOf(event: HistoryEvent): Wording {
  switch (event.kind) {
    case 'signed-in':
      return { what: 'Signed in' };
    case 'refreshed':
      return { what: 'Renewed' };
    case 'adopted':
      return {
        what: 'Taken over from another program',
        detail: 'It had put a new token into the config file.',
      };
    case 'refused': {
      const { title, explanation } = describeFailure(event.failure, 'refresh');
      return { what: 'Not renewed', cause: lowerFirst(title), detail: firstSentence(explanation) };
    }
    case 'woke':
      return WAKE_WORDS[event.by];
    case 'removed':
      return { what: 'Taken out of the config file by another program' };
    case 'replaced':
      return {
        what: 'Replaced in the config file by another program',
        detail: 'What it put there is older, cannot be renewed, or belongs to another client.',
      };
    case 'put-back':
      return { what: 'Put back into the config file' };
    case 'notified':
      return { what: 'You were told', cause: NOTICE_WORDS[event.about] };
  }
}

const WAKE_WORDS: Record<WakeCause, Wording> = {
  resume: { what: 'The computer woke up' },
  network: { what: 'The network came back' },
  'clock-jump': { what: 'The clock jumped', detail: 'It was set, or the computer had slept.' },
};

const NOTICE_WORDS: Record<NoticeTopic, string> = {
  'login-ends-in-3-days': 'the login ends within three days',
  'login-ends-in-1-day': 'the login ends within a day',
  'needs-sign-in': 'sign in again',
  'entry-lost': 'the config file lost the login',
};

export function eventTone(event: HistoryEvent): EventTone {
  switch (event.kind) {
    case 'signed-in':
    case 'refreshed':
    case 'adopted':
    case 'put-back':
      return 'good';
    case 'refused':
      return LASTING.has(event.failure.code) ? 'trouble' : 'warning';
    case 'removed':
    case 'replaced':
      return 'trouble';
    case 'woke':
    case 'notified':
      return 'calm';
  }
}

/** Trying again does not help. */
const LASTING: ReadonlySet<Failure['code']> = new Set(['grant-refused', 'not-refreshable']);

/** An explanation's first sentence tells what happened; the advice after it is for when that is new. */
function firstSentence(explanation: string): string {
  return explanation.split(/(?<=\.) (?=\p{Lu})/u)[0] ?? explanation;
}

function spanWords(first: Instant, last: Instant, now: Instant): string {
  if (first === last) return pastWords(first, now);
  const [from, till] = [pastWords(first, now), pastWords(last, now)];
  if (from === till) return from;
  if (isSameDay(first, last)) return `${from}–${timeWords(last)}`;
  return `${from} – ${isSameDay(last, now) ? 'today ' : ''}${till}`;
}

function pastWords(instant: Instant, now: Instant): string {
  if (isSameDay(instant, now)) return timeWords(instant);
  if (isSameDay(instant, now - DAY)) return `yesterday ${timeWords(instant)}`;
  return instantWords(instant, now);
}

/** By hand: an Intl formatter for each of hundreds of events would be felt. */
function timeWords(instant: Instant): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

function isSameDay(a: Instant, b: Instant): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
