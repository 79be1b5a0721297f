import type { Instant } from '../../src-main/domain/instant.ts';

/** How much of the time between two instants is left, 0 to 1. */
export function proportionLeft(from: Instant, until: Instant, now: Instant): number {
  if (until <= from) return 0;
  return Math.min(1, Math.max(0, (until - now) / (until - from)));
}
