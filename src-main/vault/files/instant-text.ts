import * as v from 'valibot';
import type { Instant } from '../../domain/instant.ts';
import { parseRfc3339 } from '../../domain/rfc3339.ts';

/** An instant as our own files hold it: RFC 3339 in UTC, `null` where unknown. */
export const instantText = v.nullable(
  v.pipe(
    v.string(),
    v.check((text) => parseRfc3339(text) !== null),
  ),
);

/** `null` also for what no such text can say: what is written has to be read again. */
export function toText(instant: Instant | null): string | null {
  const text = instant === null ? null : new Date(instant).toISOString();
  return text !== null && parseRfc3339(text) !== null ? text : null;
}

export function fromText(text: string | null): Instant | null {
  return text === null ? null : parseRfc3339(text);
}
