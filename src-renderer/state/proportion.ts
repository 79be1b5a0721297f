import { HOUR, type Instant } from '../../src-main/domain/instant.ts';

/** How much of the time between two instants is left, 0 to 1. */
export function proportionLeft(from: Instant, until: Instant, now: Instant): number {
  if (until <= from) return 0;
  return Math.min(1, Math.max(0, (until - now) / (until - from)));
}

/** The usual lifetimes (`facts.md` section 1), for a clock whose beginning nobody told. */
export const USUAL_ACCESS_LIFETIME = 8 * HOUR;
export const USUAL_LOGIN_LIFETIME = 30 * 24 * HOUR;
