import { SECOND } from '../domain/instant.ts';

/** More in so long is not a person. */
const MOST = 5;
const WITHIN = 10 * SECOND;

/** Counts what opens windows of other programs: a page that has been taken over could ask for them without end. */
export class OpeningLimit {
  readonly #now: () => number;
  #at: readonly number[] = [];

  /** @param now milliseconds that only ever go forward */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether one more may be opened now; if so, it counts. */
  allows(): boolean {
    const now = this.#now();
    this.#at = this.#at.filter((at) => now - at < WITHIN);
    if (this.#at.length >= MOST) return false;
    this.#at = [...this.#at, now];
    return true;
  }
}
