import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that says nothing of what they are. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Equal length for `timingSafeEqual`, and the comparison's time says nothing of the value. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
