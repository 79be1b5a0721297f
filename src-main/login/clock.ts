import type { Instant } from '../domain/instant.ts';

/** Time as this room gets it, so that tests drive it. */
export interface Clock {
  now(): Instant;
  /** Calls once after that many milliseconds; the answer cancels it. A hint only: sleep may delay it. */
  after(milliseconds: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
