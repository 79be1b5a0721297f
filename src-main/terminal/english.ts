import type { Instant } from '../domain/instant.ts';
import { DAY, HOUR, MINUTE } from '../domain/instant.ts';
import { en } from '../words/en/index.ts';
import { Format } from '../words/format.ts';
import type { Words } from '../words/words.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const NEAR_DAYS: Readonly<Record<string, string>> = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' };

/**
 * What `Format` writes in English, worked out without `Intl`: to load what that knows of languages takes as long as all
 * the rest of a command. `tests/unit/terminal/english.test.ts` holds the two against each other.
 */
class EnglishFormat extends Format {
  override duration(milliseconds: number): string {
    const ms = Math.max(0, milliseconds);
    if (ms >= 2 * DAY) return `${this.number(Math.floor(ms / DAY))} days`;
    const hours = Math.floor(ms / HOUR);
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
    return ms >= MINUTE ? `${minutes} min` : '< 1 min';
  }

  override number(value: number): string {
    return Number.isInteger(value) && Math.abs(value) < 1_000 ? String(value) : super.number(value);
  }

  override time(instant: Instant): string {
    const date = new Date(instant);
    return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  }

  override day(instant: Instant, now: Instant): string {
    const date = new Date(instant);
    const day = `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`;
    return date.getFullYear() === new Date(now).getFullYear() ? day : `${day} ${date.getFullYear()}`;
  }

  override instant(instant: Instant, now: Instant): string {
    const near = [-1, 0, 1].find((days) => new Date(instant).toDateString() === dayAway(now, days));
    const time = this.time(instant);
    if (near === 0) return time;
    return `${near === undefined ? this.day(instant, now) : (NEAR_DAYS[near] ?? '')} ${time}`;
  }
}

function dayAway(now: Instant, days: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.toDateString();
}

/** The terminal speaks English, whatever the window does: the seed prescribes its lines, and scripts search them. */
export const ENGLISH = englishFrom(null);

/** English that tells paths from the home folder. */
export function englishFrom(home: string | null): Words {
  return { ...en, format: new EnglishFormat(en, home) };
}
