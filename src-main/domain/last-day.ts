import type { EventRun } from './event-runs.ts';
import type { HistoryEvent } from './history.ts';
import { DAY, type Instant } from './instant.ts';
import type { Account } from './snapshot.ts';

/** What the keeper did for some of the accounts. */
export interface LastDayRun {
  readonly run: EventRun;
  /** In their own order. */
  readonly accounts: readonly Account[];
}

/** What the keeper did for all of these within 24 hours: the renewals, and what failed by its cause, each oldest first. */
export function lastDayOf(accounts: readonly Account[], now: Instant): readonly LastDayRun[] {
  const events = accounts
    .flatMap((account) => account.history.map((event) => ({ account, event })))
    .filter(({ event: { at } }) => at > now - DAY && at <= now)
    .sort((a, b) => a.event.at - b.event.at);
  const kinds = Map.groupBy(events, ({ event }) => kindOf(event));
  const renewals = kinds.get('refreshed') ?? [];
  kinds.delete('refreshed');
  kinds.delete(null);
  return [renewals, ...kinds.values()].flatMap((some) => {
    const [first, ...rest] = some.map(({ event }) => event);
    if (first === undefined) return [];
    const concerned = new Set(some.map(({ account }) => account));
    return { run: [first, ...rest], accounts: accounts.filter((each) => concerned.has(each)) };
  });
}

function kindOf(event: HistoryEvent): string | null {
  if (event.kind === 'refused') return event.failure.code;
  return event.kind === 'refreshed' ? event.kind : null;
}
