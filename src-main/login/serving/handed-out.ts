import { withEvent, type HistoryEvent } from '../../domain/history.ts';
import { MINUTE, type Instant } from '../../domain/instant.ts';
import type { HandedOut } from '../../domain/serving.ts';
import type { LoginPorts } from '../ports.ts';

/** How many are shown, and how many of a day are told apart: more would push what else happened out of the history. */
const MOST_PROGRAMS = 20;
/** A program that asks all the time is written down as often. */
const NOTE_INTERVAL = 10 * MINUTE;

interface Tally {
  readonly program: string | null;
  readonly accountId: string;
  readonly day: string;
  times: number;
  noted: number;
  notedAt: Instant;
  lastAt: Instant;
}

/** Counts what was handed out, and writes it into the accounts' histories: a line for a program and a day. */
export class HandedOutTally {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'reportError'>;
  readonly #tallies = new Map<string, Tally>();

  constructor(ports: Pick<LoginPorts, 'vault' | 'clock' | 'reportError'>) {
    this.#ports = ports;
  }

  /** Latest first. */
  get shown(): readonly HandedOut[] {
    return [...this.#tallies.values()]
      .toSorted((a, b) => b.lastAt - a.lastAt)
      .slice(0, MOST_PROGRAMS)
      .map(({ program, accountId, times, lastAt }) => ({ program, accountId, times, lastAt }));
  }

  /** Counts one. Resolves, to whether it did, when what has to be written is. Never rejects. */
  async count(program: string | null, accountId: string): Promise<boolean> {
    const now = this.#ports.clock.now();
    const tally = this.#tallyOf(program, accountId, now);
    tally.times++;
    tally.lastAt = now;
    if (tally.noted > 0 && Math.abs(now - tally.notedAt) < NOTE_INTERVAL) return false;
    return this.#note(tally, now);
  }

  /** Writes down what is not yet. Never rejects. */
  async noteAll(): Promise<void> {
    for (const tally of this.#tallies.values()) await this.#note(tally, tally.lastAt);
  }

  #tallyOf(named: string | null, accountId: string, now: Instant): Tally {
    const day = dayOf(now);
    for (const [key, tally] of this.#tallies) {
      if (tally.day !== day && tally.noted === tally.times) this.#tallies.delete(key);
    }
    const keyFor = (program: string | null) => JSON.stringify([day, accountId, program]);
    const isFull = this.#tallies.size >= MOST_PROGRAMS && !this.#tallies.has(keyFor(named));
    const program = isFull ? null : named;
    const tally = this.#tallies.get(keyFor(program)) ?? {
      program,
      accountId,
      day,
      times: 0,
      noted: 0,
      notedAt: -Infinity,
      lastAt: now,
    };
    this.#tallies.set(keyFor(program), tally);
    return tally;
  }

  async #note(tally: Tally, at: Instant): Promise<boolean> {
    const { program: to, accountId, times } = tally;
    const more = times - tally.noted;
    if (more === 0) return false;
    // At once: whoever counts meanwhile does not note the same.
    tally.noted = times;
    tally.notedAt = at;
    try {
      await this.#ports.vault.saveRecord(accountId, (record) => ({
        ...record,
        history: withHandedOut(record.history, at, to, more),
      }));
      return true;
    } catch (error) {
      this.#ports.reportError('login', error);
      tally.noted -= more;
      return false;
    }
  }
}

/** A history with so many more of a program's on the day of an instant. */
export function withHandedOut(
  history: readonly HistoryEvent[],
  at: Instant,
  to: string | null,
  more: number,
): readonly HistoryEvent[] {
  const known = history.findLastIndex(
    (event) => event.kind === 'handed-out' && event.to === to && dayOf(event.at) === dayOf(at),
  );
  const event = history[known];
  if (event?.kind !== 'handed-out') return withEvent(history, { at, kind: 'handed-out', to, times: more });
  return history.with(known, { ...event, times: event.times + more });
}

/** In local time, as a person means it. */
function dayOf(instant: Instant): string {
  return new Date(instant).toDateString();
}
