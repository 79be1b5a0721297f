import type { Instant } from './instant.ts';

/** `2025-11-18T09:30:00-07:00`: whole seconds (rounded down) with the local offset, as `facts.md` section 3 asks. */
export function formatLocal(instant: Instant): string {
  const offsetMinutes = -new Date(instant).getTimezoneOffset();
  const local = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`;
}

/** `time.Parse(time.RFC3339, …)` takes an hour of one digit, and a comma before the fraction (golang/go issue 54580). */
const GO =
  /^(?<date>\d{4}-\d\d-\d\d)T(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:[.,](?<fraction>\d+))?(?:Z|(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d))$/;

/** What people and other programs write besides: a space, small letters, an offset without its colon. */
const LENIENT =
  /^(?<date>\d{4}-\d\d-\d\d)[Tt ](?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:[.,](?<fraction>\d+))? ?(?:[Zz]|(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d))$/;

/** An instant as Go's `time.Parse(time.RFC3339, text)` reads it; `null` for what that refuses. */
export function parseRfc3339(text: string): Instant | null {
  return instantOf(GO.exec(text));
}

/** Whether the Go readers of `expires_at` understand this text; to them any other means "never renew this token". */
export function isReadableByGo(text: string): boolean {
  return parseRfc3339(text) !== null;
}

/** Go's zero time is the first instant of year 1, .NET's last one the end of year 9999, in whatever offset. */
const END_OF_YEAR_1 = Date.parse('0002-01-01T00:00:00Z');
const YEAR_9999 = Date.parse('9999-01-01T00:00:00Z');

/**
 * The instant that an `expires_at` means, read as leniently as possible without guessing: also seconds or milliseconds
 * since 1970. `null` for what cannot be understood, and for "no time" (`facts.md` section 3) and "for ever".
 */
export function parseExpiry(text: string): Instant | null {
  const trimmed = text.trim();
  if (/^\d{9,10}(\.\d+)?$/.test(trimmed)) return Math.floor(Number(trimmed) * 1_000);
  if (/^\d{12,13}$/.test(trimmed)) return Number(trimmed);
  const instant = instantOf(LENIENT.exec(trimmed));
  return instant === null || instant < END_OF_YEAR_1 || instant >= YEAR_9999 ? null : instant;
}

function instantOf(match: RegExpExecArray | null): Instant | null {
  if (match === null) return null;
  const { date = '', sign, fraction = '0', ...digits } = match.groups ?? {};
  const number = (name: string) => Number(digits[name] ?? 0);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  // Go's own limits: people do write offsets of 24 hours or 60 minutes.
  const limits = { hour: 23, minute: 59, second: 59, hours: 24, minutes: 60 };
  if (Object.entries(limits).some(([name, limit]) => number(name) > limit)) return null;
  const seconds = (number('hour') * 60 + number('minute')) * 60 + number('second');
  const offset = (number('hours') * 60 + number('minutes')) * (sign === '-' ? -60 : 60);
  return midnight + (seconds - offset) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1_000);
}
