import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';

/** Something that happened to an account, for a person to read and for the refresh policy to judge by. */
export type HistoryEvent = { readonly at: Instant } & (
  | { readonly kind: 'signed-in' }
  /** A refresh succeeded. */
  | { readonly kind: 'refreshed' }
  /** Another program had put a newer credential into the config file. */
  | { readonly kind: 'adopted' }
  /** A refresh failed, and why. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Something made us look again: the machine woke, the network came back, the clock jumped. */
  | { readonly kind: 'woke'; readonly by: WakeCause }
  /** Another program took our entry out of the config file, or put a foreign one in its place. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'replaced' }
  /** Our entry was put back at the person's wish. */
  | { readonly kind: 'put-back' }
  /** The person was told that the login ends in so many days. */
  | { readonly kind: 'reminded'; readonly days: number }
);

export type WakeCause = 'resume' | 'network' | 'clock-jump';

/** How many events are kept for each account. */
export const HISTORY_LENGTH = 300;

export function withEvent(history: readonly HistoryEvent[], event: HistoryEvent): readonly HistoryEvent[] {
  return [...history, event].slice(-HISTORY_LENGTH);
}

/** The refresh failures since the last credential came, oldest first. */
export function refusalsInARow(
  history: readonly HistoryEvent[],
): readonly (HistoryEvent & { readonly kind: 'refused' })[] {
  const lastGood = history.findLastIndex(
    ({ kind }) => kind === 'signed-in' || kind === 'refreshed' || kind === 'adopted',
  );
  return history.slice(lastGood + 1).filter((event) => event.kind === 'refused');
}
