import { createInterface } from 'node:readline';
import type { Login } from '../login/login.ts';
import { describePasteProblem } from '../words/paste-words.ts';
import { ENGLISH } from './english.ts';
import type { Terminal } from './terminal.ts';

const QUESTION = 'Paste the code, or the address that the browser ended at: ';

/**
 * Takes what a person pastes, a line each, until one of them is the answer: what is wrong with a line is told. The end of
 * the input without one ends the sign-in.
 */
export function takePasted(
  login: Pick<Login, 'snapshot' | 'submitCode' | 'cancelSignIn'>,
  terminal: Pick<Terminal, 'error' | 'interactive'>,
): { readonly stop: () => void } {
  const input = createInterface({
    input: process.stdin,
    ...(terminal.interactive ? { output: process.stderr, prompt: QUESTION } : {}),
    // A person's code is nothing to come back to.
    historySize: 0,
  });
  let isAnswered = false;
  const waits = () => !isAnswered && login.snapshot.signIn?.approvalDeadline != null;
  input.on('line', (line) => {
    if (!waits()) return;
    login.submitCode(line);
    const problem = login.snapshot.signIn?.codeProblem ?? null;
    isAnswered = problem === null;
    if (problem === null) return;
    const words = describePasteProblem(ENGLISH, problem);
    if (words !== null) terminal.error(`⚠ ${words} [${problem}]`);
    if (terminal.interactive) input.prompt();
  });
  // In a terminal that is read like this Ctrl-C is a letter, and no signal comes.
  input.on('SIGINT', () => login.cancelSignIn());
  input.on('close', () => {
    if (waits()) login.cancelSignIn();
  });
  if (terminal.interactive) input.prompt();
  return { stop: () => input.close() };
}
