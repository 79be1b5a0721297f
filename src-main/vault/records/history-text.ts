import * as v from 'valibot';
import { NETWORK_OBSTACLES } from '../../domain/failure.ts';
import type { HistoryEvent } from '../../domain/history.ts';
import { parseRfc3339 } from '../../domain/rfc3339.ts';

const host = { host: v.string() };

/** What a refresh can fail with, as it is kept. */
const failure = v.variant('code', [
  v.object({ code: v.literal('grant-refused') }),
  v.object({ code: v.literal('request-malformed'), message: v.string(), requestId: v.nullable(v.string()) }),
  v.object({ code: v.literal('rate-limited'), retryAfterSeconds: v.nullable(v.number()) }),
  v.object({ code: v.literal('network-challenge'), ...host }),
  v.object({ code: v.literal('token-endpoint-missing'), ...host }),
  v.object({ code: v.literal('service-down'), status: v.number() }),
  v.object({
    code: v.literal('network-down'),
    ...host,
    reason: v.fallback(v.picklist(NETWORK_OBSTACLES), 'ENETDOWN'),
  }),
  v.object({ code: v.literal('connection-untrusted'), ...host, reason: v.string() }),
  v.object({ code: v.literal('answer-lost'), ...host }),
  v.object({ code: v.literal('answer-unexpected'), ...host, reason: v.string() }),
  v.object({ code: v.literal('login-locked') }),
  v.object({ code: v.literal('data-not-writable'), path: v.string(), reason: v.string() }),
  v.object({ code: v.literal('nowhere-to-store'), path: v.string(), reason: v.string() }),
  v.object({ code: v.literal('internal'), message: v.string() }),
]);

const at = { at: v.pipe(v.string(), v.transform(parseRfc3339), v.number()) };
const event = v.variant('kind', [
  v.object({
    kind: v.picklist(['signed-in', 'refreshed', 'adopted', 'removed', 'replaced', 'put-back']),
    ...at,
  }),
  v.object({ kind: v.literal('refused'), ...at, failure }),
  v.object({ kind: v.literal('woke'), ...at, by: v.picklist(['resume', 'network', 'clock-jump']) }),
  v.object({ kind: v.literal('made-private'), ...at, mode: v.string() }),
  v.object({
    kind: v.literal('notified'),
    ...at,
    about: v.picklist(['login-ends-in-3-days', 'login-ends-in-1-day', 'needs-sign-in', 'entry-lost']),
  }),
]);

/** An event as our own file holds it. */
export function historyToText(history: readonly HistoryEvent[]): readonly unknown[] {
  return history.map((each) => ({ ...each, at: new Date(each.at).toISOString() }));
}

/** The events of a file; what another version wrote and this one does not know is left out. */
export function historyFromText(stored: readonly unknown[]): readonly HistoryEvent[] {
  return stored.flatMap((each) => {
    const read = v.safeParse(event, each);
    return read.success ? [read.output] : [];
  });
}
