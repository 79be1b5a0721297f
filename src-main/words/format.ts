import type { Instant } from '../domain/instant.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../domain/instant.ts';
import type { Catalogue } from './catalogue.ts';
import { tilde } from './tilde.ts';

/** What the catalogue tells of writing numbers and times. */
type Conventions = Pick<Catalogue, 'locale' | 'conventions'>;

/** Numbers, durations and local time as one language writes them, and paths as a person does. */
export class Format {
  readonly #locale: string;
  readonly #conventions: Catalogue['conventions'];
  readonly #home: string | null;
  /** `Intl` takes long to make a formatter, and hundreds of events ask for the same few. */
  readonly #made = new Map<string, unknown>();

  constructor({ locale, conventions }: Conventions, home: string | null) {
    this.#locale = locale;
    this.#conventions = conventions;
    this.#home = home;
  }

  /**
   * "24 days", "3 h 12 min", "12 min", "< 1 min": the two largest units that matter, rounded down. No seconds: nothing
   * that is told so is worth drawing each second.
   */
  duration(milliseconds: number): string {
    const ms = Math.max(0, milliseconds);
    const { hour, minute, lessThan } = this.#conventions;
    if (ms >= 2 * DAY) return this.#unit(Math.floor(ms / DAY), 'day');
    const hours = Math.floor(ms / HOUR);
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    if (hours > 0) {
      const whole = `${this.number(hours)} ${hour}`;
      return minutes > 0 ? `${whole} ${this.number(minutes)} ${minute}` : whole;
    }
    return ms >= MINUTE ? `${this.number(minutes)} ${minute}` : lessThan(`${this.number(1)} ${minute}`);
  }

  /** "28 days" until a day, as the calendar counts them; the last two days in hours. */
  left(until: Instant, now: Instant): string {
    if (until - now < 2 * DAY) return this.duration(until - now);
    return this.#unit(Math.round((midnightOf(until) - midnightOf(now)) / DAY), 'day');
  }

  /** "30 minutes": one unit, rounded, its name written out. */
  lasting(seconds: number): string {
    if (seconds < 90) return this.#unit(Math.round(seconds), 'second');
    if (seconds < 90 * 60) return this.#unit(Math.round(seconds / 60), 'minute');
    return this.#unit(Math.round(seconds / 3600), 'hour');
  }

  /** "4:07" for a countdown, seconds rounded up so that it begins full and ends at 0:00. */
  countdown(milliseconds: number): string {
    const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  number(value: number): string {
    return this.#make('number', (locale) => new Intl.NumberFormat(locale)).format(value);
  }

  /** "40 %", of a share from 0 to 1. */
  percent(share: number): string {
    return this.#make('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(
      share,
    );
  }

  /** "14:30" today, "tomorrow 09:15", "yesterday 09:15", "21 December 09:15", with the year where it is another one. */
  instant(instant: Instant, now: Instant): string {
    return this.#instant(instant, now, 'long');
  }

  #instant(instant: Instant, now: Instant, month: 'long' | 'short'): string {
    const time = this.time(instant);
    if (isSameDay(instant, now)) return time;
    return this.#conventions.dayAndTime(this.#nearDay(instant, now, month), time);
  }

  /** From when till when: "21 Nov 08:00–16:20", "yesterday 23:10 – today 08:00". */
  span(first: Instant, last: Instant, now: Instant): string {
    const { dayAndTime, timeSpan, daySpan } = this.#conventions;
    const [from, till] = [this.#instant(first, now, 'short'), this.#instant(last, now, 'short')];
    if (from === till) return from;
    if (isSameDay(first, last)) return timeSpan(from, this.time(last));
    return daySpan(from, isSameDay(last, now) ? dayAndTime(this.#nearDay(last, now, 'short'), till) : till);
  }

  /** "a, b and c" */
  list(items: readonly string[]): string {
    return this.#make('list', (locale) => new Intl.ListFormat(locale)).format(items);
  }

  /** "09:15" */
  time(instant: Instant): string {
    const make = (locale: string) =>
      new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return this.#make('time', make).format(instant);
  }

  /** "21 December", with the year where it is not this one. */
  day(instant: Instant, now: Instant): string {
    return this.#day(instant, now, 'long');
  }

  /** "21 Dec", for one that is weeks away at most: the year is plain. */
  shortDay(instant: Instant): string {
    const make = (locale: string) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
    return this.#make('short day', make).format(instant);
  }

  #day(instant: Instant, now: Instant, month: 'long' | 'short'): string {
    const isThisYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
    const year = isThisYear ? {} : ({ year: 'numeric' } as const);
    const make = (locale: string) => new Intl.DateTimeFormat(locale, { day: 'numeric', month, ...year });
    return this.#make(`${month} ${isThisYear ? 'date' : 'date and year'}`, make).format(instant);
  }

  /** "Mon", or "M" where there is little room. */
  weekday(instant: Instant, width: 'short' | 'narrow'): string {
    const make = (locale: string) => new Intl.DateTimeFormat(locale, { weekday: width });
    return this.#make(`weekday ${width}`, make).format(instant);
  }

  /** "~/.mcp-code-api/config.yaml" */
  path(path: string): string {
    return this.#home === null ? path : tilde(path, this.#home);
  }

  /** The first of several sentences. */
  firstSentence(text: string): string {
    const make = (locale: string) => new Intl.Segmenter(locale, { granularity: 'sentence' });
    const [first] = this.#make('sentences', make).segment(text);
    return first?.segment.trim() ?? text;
  }

  #nearDay(instant: Instant, now: Instant, month: 'long' | 'short'): string {
    const make = (locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const near = [-1, 0, 1].find((days) => isSameDay(instant, dayAway(now, days)));
    return near === undefined
      ? this.#day(instant, now, month)
      : this.#make('near day', make).format(near, 'day');
  }

  #unit(value: number, unit: 'day' | 'hour' | 'minute' | 'second'): string {
    const make = (locale: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    return this.#make(`unit ${unit}`, make).format(value);
  }

  #make<T>(name: string, make: (locale: string) => T): T {
    const made = this.#made.get(name) ?? make(this.#locale);
    this.#made.set(name, made);
    return made as T;
  }
}

/** The same time on a day nearby: not every day has 24 hours. */
function dayAway(now: Instant, days: number): Instant {
  return new Date(now).setDate(new Date(now).getDate() + days);
}

function midnightOf(instant: Instant): Instant {
  return new Date(instant).setHours(0, 0, 0, 0);
}

function isSameDay(a: Instant, b: Instant): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
