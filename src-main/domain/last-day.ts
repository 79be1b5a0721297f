import type { EventRun } from './event-runs.ts';
import type { HistoryEvent } from './history.ts';
import { DAY, type Instant } from './instant.ts';

/** What the keeper did for all of these within 24 hours: the renewals, and what failed by its cause, each oldest first. */
export function lastDayOf(
  histories: readonly (readonly HistoryEvent[])[],
  now: Instant,
): readonly EventRun[] {
  const events = histories
    .flat()
    .filter(({ at }) => at > now - DAY && at <= now)
    .sort((a, b) => a.at - b.at);
  const renewed = events.filter(({ kind }) => kind === 'refreshed');
  const refused = Map.groupBy(
    events.filter((event) => event.kind === 'refused'),
    ({ failure }) => failure.code,
  );
  return [renewed, ...refused.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
}
