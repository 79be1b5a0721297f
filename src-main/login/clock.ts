import type { Instant } from '../domain/instant.ts';

/** Time as this room gets it, so that tests drive it. */
export interface Clock {
  now(): Instant;
  /** Milliseconds since some instant: only ever goes forward, and may stand still while the machine sleeps. */
  monotonic(): number;
  /** Calls once after that many milliseconds; the answer cancels it. A hint only: sleep may delay it. */
  after(milliseconds: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
