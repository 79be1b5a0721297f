import { createInterface } from 'node:readline/promises';
import type { Login } from '../login/login.ts';

/** What a person answers, asked on standard error; `null` for a no: Ctrl-C, the end of the input, or a sign-in cancelled. */
export async function ask(
  question: string,
  login: Pick<Login, 'snapshot' | 'subscribe'>,
): Promise<string | null> {
  const given = new AbortController();
  const stop = login.subscribe(({ signIn }) => {
    if (signIn?.phase === 'cancelled') given.abort();
  });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  prompt.once('close', () => given.abort());
  try {
    return await prompt.question(question, { signal: given.signal });
  } catch {
    return null;
  } finally {
    stop();
    prompt.close();
  }
}
