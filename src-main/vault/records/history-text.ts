import * as v from 'valibot';
import { CONFIG_SHAPES, KEYCHAIN_OBSTACLES, NETWORK_OBSTACLES } from '../../domain/failure.ts';
import { PROXY_FLAWS } from '../../domain/proxy.ts';
import { PROXY_SOURCES } from '../../domain/way.ts';
import {
  NOTIFICATION_TOPICS,
  WAKE_CAUSES,
  type EventKind,
  type EventOf,
  type HistoryEvent,
} from '../../domain/history.ts';
import { REFUSAL_CODES, type RefusalCode, type RefusalFailure } from '../../domain/refusal.ts';
import { REVOCATION_OBSTACLES } from '../../domain/revocation.ts';
import { parseRfc3339 } from '../../domain/rfc3339.ts';

/** A schema for each field, and none beside. */
type Entries<T> = { readonly [F in keyof T]-?: v.GenericSchema<unknown, Exclude<T[F], undefined>> };

type RefusalOf<C extends RefusalCode> = Extract<RefusalFailure, { readonly code: C }>;

const host = { host: v.string() };
const as = v.picklist(PROXY_SOURCES);
const proxy = { proxy: v.string(), as };
const proxyIfAny = { proxy: v.exactOptional(v.string()), as: v.exactOptional(as) };
const file = { path: v.string(), reason: v.string() };

/** What each refusal tells beside its code. One without a row does not compile, nor a row that fits no refusal. */
const REFUSAL_FACTS: { readonly [C in RefusalCode]: Entries<Omit<RefusalOf<C>, 'code'>> } = {
  'grant-refused': {},
  'request-malformed': { message: v.string(), requestId: v.nullable(v.string()) },
  'rate-limited': { retryAfterSeconds: v.nullable(v.number()) },
  'network-challenge': host,
  'token-endpoint-missing': host,
  'service-down': { status: v.number() },
  'network-down': { ...host, reason: v.fallback(v.picklist(NETWORK_OBSTACLES), 'ENETDOWN'), ...proxyIfAny },
  'connection-untrusted': {
    ...host,
    reason: v.string(),
    issuer: v.exactOptional(v.string()),
    ...proxyIfAny,
  },
  'proxy-unusable': { as, reason: v.picklist(PROXY_FLAWS) },
  'proxy-refused': { ...host, reason: v.string(), ...proxy },
  'proxy-login': { schemes: v.array(v.string()), given: v.boolean(), ...proxy },
  'answer-lost': { ...host, ...proxyIfAny },
  'answer-unexpected': { ...host, reason: v.string() },
  'not-refreshable': {},
  'login-locked': {},
  'nowhere-to-store': file,
  'config-unreadable': file,
  'config-not-yaml': { path: v.string(), line: v.number(), column: v.number() },
  'config-shape': { path: v.string(), at: v.string(), expected: v.picklist(CONFIG_SHAPES) },
  'config-not-writable': file,
  'config-locked': { path: v.string() },
  'data-not-writable': file,
  'secret-locked': { reason: v.fallback(v.picklist(KEYCHAIN_OBSTACLES), 'refused') },
  'secret-missing': { id: v.string() },
  internal: { message: v.string() },
};

const coded = v.object({ code: v.picklist(REFUSAL_CODES) });
const anyCoded = v.object({ code: v.string() });

/** One that another version knows and this one does not is a refusal all the same: what it forbids stays forbidden. */
function refusalFrom(stored: unknown): RefusalFailure {
  const known = v.safeParse(coded, stored);
  if (known.success) {
    const { code } = known.output;
    const facts = v.safeParse(v.object(REFUSAL_FACTS[code]), stored);
    // The row of this very code has read them; the compiler cannot follow that through the union.
    if (facts.success) return { code, ...facts.output } as RefusalFailure;
  }
  const named = v.safeParse(anyCoded, stored);
  return { code: 'internal', message: named.success ? named.output.code : 'unknown' };
}

const revocation = v.variant('outcome', [
  v.object({ outcome: v.picklist(['asked', 'revoked', 'no-answer']) }),
  v.object({ outcome: v.literal('refused'), status: v.number() }),
  v.object({ outcome: v.literal('not-asked'), reason: v.picklist(REVOCATION_OBSTACLES) }),
]);

/** What each event tells beside its kind and its instant. One without a row does not compile. */
const EVENT_FACTS: { readonly [K in EventKind]: Entries<Omit<EventOf<K>, 'kind' | 'at'>> } = {
  'signed-in': {},
  refreshed: {},
  adopted: {},
  refused: { failure: v.pipe(v.unknown(), v.transform(refusalFrom)) },
  woke: { by: v.picklist(WAKE_CAUSES) },
  removed: {},
  replaced: {},
  'put-back': {},
  'made-private': { mode: v.string() },
  'handed-out': { to: v.nullable(v.string()), times: v.number() },
  'signed-out': { revocation },
  notified: { about: v.picklist(NOTIFICATION_TOPICS) },
};

const dated = v.object({
  kind: v.pipe(
    v.string(),
    v.guard((kind): kind is EventKind => Object.hasOwn(EVENT_FACTS, kind)),
  ),
  at: v.pipe(v.string(), v.transform(parseRfc3339), v.number()),
});

/** `null` for what this version does not know. */
function eventFrom(stored: unknown): HistoryEvent | null {
  const known = v.safeParse(dated, stored);
  if (!known.success) return null;
  const facts = v.safeParse(v.object(EVENT_FACTS[known.output.kind]), stored);
  // As above.
  return facts.success ? ({ ...known.output, ...facts.output } as HistoryEvent) : null;
}

/** The events of a file, without those that another version wrote and this one does not know. */
export function historyFromText(stored: readonly unknown[]): readonly HistoryEvent[] {
  return stored.map(eventFrom).filter((event) => event !== null);
}

/**
 * A history as our own file holds it.
 *
 * @param old as it was held before: what of it another version wrote stays as it is and where it is
 */
export function historyToText(history: readonly HistoryEvent[], old: readonly unknown[]): readonly unknown[] {
  const ahead = history.map(textOf);
  const before = old.flatMap((stored) => {
    const event = eventFrom(stored);
    if (event === null) return [stored];
    const isStillThere = ahead.length > 0 && isSame(textOf(event), ahead[0]);
    if (isStillThere) ahead.shift();
    return isStillThere ? [stored] : [];
  });
  return [...before, ...ahead];
}

function textOf(event: HistoryEvent): unknown {
  return { ...event, at: new Date(event.at).toISOString() };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The same text for the same event, whatever order its fields were written in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
