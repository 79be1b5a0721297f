import { gravityOf } from './gravity.ts';
import { WAKE_CAUSES, type HistoryEvent } from './history.ts';
import type { Instant } from './instant.ts';
import type { RefusalFailure } from './refusal.ts';

/** The same thing, happening again and again with nothing else in between; one event at least, oldest first. */
export type EventRun = readonly [HistoryEvent, ...HistoryEvent[]];

/**
 * A history as runs, oldest first. Waking up between two of the same ends no run: a laptop wakes several times a day,
 * and that it went on as before is the news. What came since `lately` has runs of its own: what happened last night is
 * not to be looked for in a week.
 */
export function runsOf(history: readonly HistoryEvent[], lately: Instant = Infinity): readonly EventRun[] {
  const runs: [HistoryEvent, ...HistoryEvent[]][] = [];
  const goesOn = ([first]: EventRun, event: HistoryEvent) =>
    isSame(first, event) && first.at >= lately === event.at >= lately;
  for (const event of history) {
    const last = runs.at(-1);
    const beforeWaking = last?.[0].kind === 'woke' ? runs.at(-2) : undefined;
    if (last !== undefined && goesOn(last, event)) last.push(event);
    else if (beforeWaking !== undefined && goesOn(beforeWaking, event)) {
      runs.pop();
      beforeWaking.push(event);
    } else runs.push([event]);
  }
  return runs;
}

function isSame(a: HistoryEvent, b: HistoryEvent): boolean {
  if (a.kind === 'refused' && b.kind === 'refused') return a.failure.code === b.failure.code;
  if (a.kind === 'notified' && b.kind === 'notified') return a.about === b.about;
  // A program and a day each have a line.
  if (a.kind === 'handed-out') return false;
  return a.kind === b.kind;
}

/** Which of a run's events tells what it is about, and how often that happened: the latest; of wake-ups, what says most. */
export function tellingOf(run: EventRun): { readonly event: HistoryEvent; readonly count: number } {
  for (const cause of WAKE_CAUSES) {
    const woken = run.filter((event) => event.kind === 'woke' && event.by === cause);
    const last = woken.at(-1);
    if (last !== undefined) return { event: last, count: woken.length };
  }
  return { event: run.at(-1) ?? run[0], count: run.length };
}

/** `good`: a credential came that works; `calm`: something to know; the others have the colour of their card. */
export type EventTone = 'good' | 'calm' | 'warning' | 'trouble';

export function eventTone(event: HistoryEvent): EventTone {
  switch (event.kind) {
    case 'signed-in':
    case 'refreshed':
    case 'adopted':
    case 'put-back':
      return 'good';
    case 'refused':
      return refusalTone(event.failure);
    // A person says what counts now.
    case 'removed':
    case 'replaced':
      return 'warning';
    case 'woke':
    case 'made-private':
    case 'handed-out':
    case 'signed-out':
    case 'notified':
      return 'calm';
  }
}

/** What one sign-in mends, and what passes, is amber on its card, and so is what waits for a person (`standing.ts`). */
function refusalTone(failure: RefusalFailure): EventTone {
  if (failure.code === 'secret-missing') return 'warning';
  return gravityOf(failure) === 'trouble' ? 'trouble' : 'warning';
}
