import type { Instant } from '../domain/instant.ts';

/** `2025-11-18T09:30:00-07:00`: whole seconds (rounded down) with the local offset, as `facts.md` section 3 asks. */
export function formatLocal(instant: Instant): string {
  const offsetMinutes = -new Date(instant).getTimezoneOffset();
  const local = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`;
}

/** An RFC 3339 section 5.6 date-time as an instant; `null` for anything else, as the Go readers take it. */
export function parseRfc3339(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
