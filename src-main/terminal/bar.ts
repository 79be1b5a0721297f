import type { Instant } from '../domain/instant.ts';
import type { Style, Span } from './line.ts';

const WIDTH = 10;
/** Less than this is soon over. */
const LITTLE = 0.1;

/** Room for a bar, beside one above or below. */
export const NO_BAR: Span = { text: ' '.repeat(WIDTH) };

/** What is left of a time, as a bar; `null` where nobody knows when it began or ends. */
export function bar(issuedAt: Instant | null, expiresAt: Instant | null, now: Instant): Span | null {
  if (issuedAt === null || expiresAt === null || expiresAt <= issuedAt) return null;
  const left = Math.min(1, Math.max(0, (expiresAt - now) / (expiresAt - issuedAt)));
  // What is not over yet is not drawn as over.
  const full = left === 0 ? 0 : Math.max(1, Math.round(left * WIDTH));
  const style: Style = left === 0 ? 'bad' : left < LITTLE ? 'soon' : 'good';
  return { text: '█'.repeat(full) + '░'.repeat(WIDTH - full), style };
}
