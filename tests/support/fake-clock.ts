import type { Clock } from '../../src-main/login/clock.ts';

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;
  #timers: { readonly at: number; readonly call: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.#monotonic + milliseconds, call };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  /** Lets time pass and calls what is due, in order. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#monotonic += milliseconds;
    const due = this.#timers.filter(({ at }) => at <= this.#monotonic).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter(({ at }) => at > this.#monotonic);
    for (const { call } of due) call();
  }

  /** Somebody sets the clock: no time passes, and no timer notices. */
  set(now: number): void {
    this.#now = now;
  }

  /** Time until the next timer; `Infinity` without one. */
  get untilNext(): number {
    return Math.min(...this.#timers.map(({ at }) => at - this.#monotonic));
  }

  /** How many wait for their time. */
  get timers(): number {
    return this.#timers.length;
  }
}
