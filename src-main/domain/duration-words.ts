import type { Instant } from './instant.ts';
import { DAY, HOUR, MINUTE, SECOND } from './instant.ts';

/** "24 days", "3 h 12 min", "12 min", "45 s": the two largest units that matter, rounded down; never negative. */
export function durationWords(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)} days`;
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (ms >= MINUTE) return `${minutes} min`;
  return `${Math.floor(ms / SECOND)} s`;
}

/** "4:07" for a countdown, seconds rounded up so that it begins full and ends at 0:00. */
export function countdownWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "14:30" today, "tomorrow 09:15", "21 December 09:15" later, with the year where it is another one. Local time. */
export function instantWords(instant: Instant, now: Instant): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(instant);
  if (isSameDay(instant, now)) return time;
  if (isSameDay(instant, now + DAY)) return `tomorrow ${time}`;
  return `${dayWords(instant, now)} ${time}`;
}

/** "21 December", with the year where it is not this one. Local time. */
export function dayWords(instant: Instant, now: Instant): string {
  const sameYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(instant);
}

function isSameDay(a: Instant, b: Instant): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
