import type { Instant } from './instant.ts';
import {
  endOf,
  isOfWay,
  isPasswordRefused,
  isSeenByConnecting,
  type LoginEnd,
  type RefusalFailure,
} from './refusal.ts';
import type { Revocation } from './revocation.ts';

/** Something that happened to an account, for a person to read and for the refresh policy to judge by. */
export type HistoryEvent = { readonly at: Instant } & (
  | { readonly kind: 'signed-in' }
  /** A refresh succeeded. */
  | { readonly kind: 'refreshed' }
  /** Another program had put a newer credential into the config file. */
  | { readonly kind: 'adopted' }
  /** A refresh failed, and why. */
  | { readonly kind: 'refused'; readonly failure: RefusalFailure }
  /** Something made us look again. */
  | { readonly kind: 'woke'; readonly by: WakeCause }
  /** Another program took our entry out of the config file, or put one there that is no successor of ours. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'replaced' }
  /** Our entry was put back at the person's wish. */
  | { readonly kind: 'put-back' }
  /** A secret was written into the config file, which others could read until then (`mode`, in octal). */
  | { readonly kind: 'made-private'; readonly mode: string }
  /** A program got a token that day, first then; so often, as far as it is noted. `to`: what it calls itself, if told. */
  | { readonly kind: 'handed-out'; readonly to: string | null; readonly times: number }
  /** The person signed out, and what the service said of it. Whoever is signed in again has it in their history. */
  | { readonly kind: 'signed-out'; readonly revocation: Revocation }
  /** The person was told. */
  | { readonly kind: 'notified'; readonly about: NotificationTopic }
);

export type EventKind = HistoryEvent['kind'];
export type EventOf<K extends EventKind> = Extract<HistoryEvent, { readonly kind: K }>;

/**
 * What says most comes first. `another-network`: a connection could be made once an interface of the machine had changed;
 * `network`: one could be made.
 */
export const WAKE_CAUSES = ['resume', 'another-network', 'network', 'clock-jump'] as const;
export type WakeCause = (typeof WAKE_CAUSES)[number];

export const NOTIFICATION_TOPICS = [
  'login-ends-in-3-days',
  'login-ends-in-1-day',
  'needs-sign-in',
  'entry-lost',
] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];

/** How many events are kept for each account. */
export const HISTORY_LENGTH = 300;

/**
 * One event more. What makes room is the oldest wake-up or token handed out of before the last credential came, else the
 * oldest renewal but the last, else any wake-up or token, else the oldest event that nobody goes by any more: neither
 * waking often nor short-lived tokens nor a neighbour that takes an entry out and puts it back must make an ended login
 * forgotten, a person told twice, or a wait shorter that goes by how often one woke in vain.
 */
export function withEvent(history: readonly HistoryEvent[], event: HistoryEvent): readonly HistoryEvent[] {
  const kept = history.slice(-HISTORY_LENGTH);
  if (kept.length < HISTORY_LENGTH) return [...kept, event];
  const good = kept.findLastIndex(({ kind }) => bringsCredential(kind));
  const woke = kept.findIndex(({ kind }) => kind === 'woke' || kind === 'handed-out');
  const renewed = kept.findIndex(({ kind }) => kind === 'refreshed');
  const isLast = renewed === kept.findLastIndex(({ kind }) => kind === 'refreshed');
  const isPast = woke >= 0 && woke < good;
  const dispensable = isPast ? woke : !isLast ? renewed : woke >= 0 ? woke : oldestOfNoUse(kept);
  return [...kept.toSpliced(dispensable, 1), event];
}

/**
 * The oldest that is neither how the present credential came, nor what it was refused for in the end, nor the last loss of
 * its entry, nor told.
 */
function oldestOfNoUse(history: readonly HistoryEvent[]): number {
  const good = history.findLastIndex(({ kind }) => bringsCredential(kind));
  const loss = history.findLastIndex(({ kind }) => kind === 'removed' || kind === 'replaced');
  const isUsed = (event: HistoryEvent) =>
    event.kind === 'notified' || (event.kind === 'refused' && endOf(event.failure) !== null);
  return Math.max(
    0,
    history.findIndex((event, at) => at < good || (at > good && at !== loss && !isUsed(event))),
  );
}

/** The events since a credential came that works: what is told and tried again is counted from there. */
export function sinceLastGood(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return history.slice(1 + history.findLastIndex(({ kind }) => bringsCredential(kind)));
}

/** The events since the person last signed in: the life of one login. */
export function sinceSignIn(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return history.slice(1 + history.findLastIndex(({ kind }) => kind === 'signed-in'));
}

/** The events since another program's credential came: what has been renewed then was renewed by us. */
export function sinceAdopted(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return history.slice(1 + history.findLastIndex(({ kind }) => kind === 'adopted'));
}

/** How the present credential came. */
export function lastGood(history: readonly HistoryEvent[]): HistoryEvent | undefined {
  return history.findLast(({ kind }) => bringsCredential(kind));
}

/** Whether we got what is held, by a sign-in or a renewal. */
export function isGotByUs(history: readonly HistoryEvent[]): boolean {
  return ['signed-in', 'refreshed'].includes(lastGood(history)?.kind ?? '');
}

const BRINGS_CREDENTIAL: Readonly<Record<EventKind, boolean>> = {
  'signed-in': true,
  refreshed: true,
  adopted: true,
  refused: false,
  woke: false,
  removed: false,
  replaced: false,
  'put-back': false,
  'made-private': false,
  'handed-out': false,
  'signed-out': false,
  notified: false,
};

/** Whether a credential came with it that works. */
export function bringsCredential(kind: EventKind): boolean {
  return BRINGS_CREDENTIAL[kind];
}

/**
 * The events since our entry was last known to be in its place. An entry put back is the old credential: what it was
 * refused for still holds.
 */
export function sinceEntryInPlace(history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return history.slice(
    1 + history.findLastIndex(({ kind }) => bringsCredential(kind) || kind === 'put-back'),
  );
}

export type Refusal = EventOf<'refused'>;

/** The refresh failures since the last credential came, oldest first. */
export function refusalsInARow(history: readonly HistoryEvent[]): readonly Refusal[] {
  return sinceLastGood(history).filter((event): event is Refusal => event.kind === 'refused');
}

/** Those of them that can end a login, or tell that its token may be spent. */
export function endsInARow(history: readonly HistoryEvent[]): readonly Refusal[] {
  return refusalsInARow(history).filter(({ failure }) => endOf(failure) !== null);
}

/** Whether the last refresh failed for want of the keychain, so that nobody was asked. */
export function waitsForKeychain(history: readonly HistoryEvent[]): boolean {
  const code = refusalsInARow(history).at(-1)?.failure.code;
  return code === 'secret-locked' || code === 'secret-missing';
}

/** What another program did to our entry and nothing has undone since. */
export function entryLoss(history: readonly HistoryEvent[]): 'removed' | 'replaced' | null {
  const loss = sinceEntryInPlace(history).findLast(({ kind }) => kind === 'removed' || kind === 'replaced');
  return loss?.kind === 'removed' || loss?.kind === 'replaced' ? loss.kind : null;
}

/** Whether the last refresh failed for want of a network that nobody has found back since. */
export function waitsForNetwork(history: readonly HistoryEvent[]): boolean {
  return lastOfNetwork(history)?.failure.code === 'network-down';
}

/** Whether the last refresh failed since no connection could be made, and another one would tell: none was made since. */
export function waitsForConnection(history: readonly HistoryEvent[]): boolean {
  const last = lastOfNetwork(history);
  return last !== null && isSeenByConnecting(last.failure);
}

/** Whether the last refresh failed by what may be gone in another network, whatever was taken for one since. */
export function isHeldUpByWay(history: readonly HistoryEvent[]): boolean {
  const last = refusalsInARow(history).at(-1);
  return last !== undefined && isOfWay(last.failure);
}

/** Whether the last refresh failed by a proxy to which each connection gives a password that it has refused. */
export function waitsForPassword(history: readonly HistoryEvent[]): boolean {
  const last = refusalsInARow(history).at(-1);
  return last !== undefined && isPasswordRefused(last.failure);
}

/** How often another network was tried since the last credential came. */
export function movesInARow(history: readonly HistoryEvent[]): number {
  return sinceLastGood(history).filter((event) => event.kind === 'woke' && event.by === 'another-network')
    .length;
}

function lastOfNetwork(history: readonly HistoryEvent[]): Refusal | null {
  const last = sinceLastGood(history).findLast((event) => event.kind === 'refused' || isNetworkWake(event));
  return last?.kind === 'refused' ? last : null;
}

function isNetworkWake(event: HistoryEvent): boolean {
  return event.kind === 'woke' && (event.by === 'network' || event.by === 'another-network');
}

/**
 * Whether refreshing has come to its end: `refused` by the service (`invalid_grant`, `facts.md` section 1), or
 * `uncertain` because two answers in a row got lost, so that the token may be spent.
 */
export function loginEnd(history: readonly HistoryEvent[]): LoginEnd | null {
  const refusals = refusalsInARow(history);
  if (refusals.some(({ failure }) => endOf(failure) === 'refused')) return 'refused';
  const lost = refusals.filter(({ failure }) => endOf(failure) === 'uncertain').length;
  return lost > 1 ? 'uncertain' : null;
}

/** Whether the present credential was found to be a login that another program keeps alive for itself. */
export function isAnotherKeepers(history: readonly HistoryEvent[]): boolean {
  return refusalsInARow(history).some(({ failure }) => failure.code === 'not-refreshable');
}

/** Whether the answer to the last refresh got lost: nobody can say then that the login stands, though it is tried again. */
export function hasLostAnswer(history: readonly HistoryEvent[]): boolean {
  const last = refusalsInARow(history).at(-1);
  return last !== undefined && endOf(last.failure) === 'uncertain';
}
