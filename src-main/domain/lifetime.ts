import type { Instant } from './instant.ts';
import { DAY, HOUR, SECOND } from './instant.ts';

/** What is assumed where the service does not tell: 28,800 s is what it answers today (`facts.md` section 1). */
const ASSUMED_ACCESS_LIFETIME = 8 * HOUR;

/** Beyond any lifetime seen; keeps an absurd answer (10^12 s) within the years that a date can be written in. */
const LONGEST_LIFETIME = 400 * DAY;

/** No login lasts longer, nor any access token that is renewed: milliseconds are told for seconds (`facts.md` section 1). */
const LONGEST_RENEWED_LIFETIME = 31 * DAY;

/**
 * End of an access token by the instant of its receipt. An answer of 0 or less means it is over already; one that makes no
 * sense counts as none, since what is renewed too late is lost, and too early costs one request.
 */
export function accessExpiry(receivedAt: Instant, expiresIn: number | null, isRenewed: boolean): Instant {
  const told = expiresIn === null ? null : lifetime(expiresIn);
  const isSense = told !== null && (!isRenewed || told <= LONGEST_RENEWED_LIFETIME);
  return receivedAt + (isSense ? told : ASSUMED_ACCESS_LIFETIME);
}

/**
 * A token's end as another program wrote it; `null`, unknown, for one beyond any lifetime: it would never be renewed.
 *
 * @param foundAt an instant at which it had been got
 */
export function plausibleExpiry(
  expiresAt: Instant | null,
  foundAt: Instant,
  isRenewed: boolean,
): Instant | null {
  const longest = isRenewed ? LONGEST_RENEWED_LIFETIME : LONGEST_LIFETIME;
  return expiresAt !== null && expiresAt > foundAt + longest ? null : expiresAt;
}

/** End of the whole login, `null` where the service does not tell, or tells none that makes sense (0, milliseconds). */
export function loginExpiry(receivedAt: Instant, expiresIn: number | null): Instant | null {
  const told = expiresIn === null ? LONGEST_LIFETIME : lifetime(expiresIn);
  return told > 0 && told < LONGEST_LIFETIME ? receivedAt + told : null;
}

function lifetime(seconds: number): number {
  return Math.min(Math.max(0, seconds * SECOND), LONGEST_LIFETIME);
}
