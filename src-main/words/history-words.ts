import { eventTone, tellingOf, type EventRun, type EventTone } from '../domain/event-runs.ts';
import type { HistoryEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { describeFailure } from './failure-words.ts';
import { describeRevocation } from './revocation-words.ts';
import type { Words } from './words.ts';

export interface EventWords {
  /** "Renewed 12 times", "Not renewed: no connection" */
  readonly title: string;
  /** Why, or what it means, in a sentence. */
  readonly detail: string | null;
  readonly tone: EventTone;
  /** "14:30", "yesterday 09:12", or from when till when: "21 November 08:00–16:20". Local time. */
  readonly when: string;
}

export function describeEvent(words: Words, event: HistoryEvent, now: Instant): EventWords {
  return describeRun(words, [event], now);
}

export function describeRun(words: Words, run: EventRun, now: Instant): EventWords {
  const { event, count } = tellingOf(run);
  const { what, cause = null, detail = null } = wordingOf(words, event);
  const { times, because } = words.history;
  const often = count > 1 ? times(what, words.format.number(count)) : what;
  return {
    title: cause === null ? often : because(often, cause),
    detail,
    tone: eventTone(event),
    when: words.format.span(run[0].at, (run.at(-1) ?? run[0]).at, now),
  };
}

interface Wording {
  readonly what: string;
  readonly cause?: string;
  readonly detail?: string | null;
}

function wordingOf(words: Words, event: HistoryEvent): Wording {
  const { history } = words;
  switch (event.kind) {
    case 'signed-in':
      return { what: history.signedIn };
    case 'refreshed':
      return { what: history.refreshed };
    case 'adopted':
      return { what: history.adopted.title, detail: history.adopted.detail };
    case 'refused': {
      const { title, explanation } = describeFailure(words, event.failure, 'refresh');
      // What happened; the advice after it is for when that is new.
      return { what: history.notRenewed, cause: title, detail: words.format.firstSentence(explanation) };
    }
    case 'woke':
      return {
        what: history.woke[event.by],
        detail: event.by === 'clock-jump' ? history.clockJumpDetail : null,
      };
    case 'removed':
      return { what: history.removed };
    case 'replaced':
      return { what: history.replaced.title, detail: history.replaced.detail };
    case 'put-back':
      return { what: history.putBack };
    case 'made-private':
      return { what: history.madePrivate.title, detail: history.madePrivate.detail(event.mode) };
    case 'handed-out':
      return { what: handedOutWords(words, event.to, event.times) };
    case 'signed-out':
      return { what: history.signedOut, detail: describeRevocation(words, event.revocation) };
    case 'notified':
      return { what: history.notified, cause: history.notifiedAbout[event.about] };
  }
}

/** "Token handed to curl 3 times" */
export function handedOutWords(
  { history: { handedOut }, format }: Words,
  program: string | null,
  times: number,
): string {
  const who = program ?? handedOut.unknown;
  return times === 1 ? handedOut.once(who) : handedOut.often(who, format.number(times));
}
