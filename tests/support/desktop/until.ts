import { setTimeout as sleep } from 'node:timers/promises';

/** How often is asked, in milliseconds. */
const INTERVAL = 40;

/**
 * Asks until there is an answer other than `undefined`.
 *
 * @param what is waited for, in words, for the error
 * @param timeoutMs at most
 * @throws Error when the time is over, with what the last question failed with as its cause
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(INTERVAL);
  } while (Date.now() < deadline);
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause });
}
