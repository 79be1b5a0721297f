import type { PasteProblem } from './pasted-code.ts';

/** What to do, for whoever pastes a code because the browser cannot come back to this machine. */
export const PASTE_HINT = 'Approve in the browser, then copy the code it shows and paste it here.';

/**
 * What is wrong with a pasted text and what helps, for every face that takes one; `null` where there is nothing to say
 * yet. `state-mismatch`: it belongs to another attempt.
 */
export function describePasteProblem(problem: PasteProblem | 'state-mismatch'): string | null {
  switch (problem) {
    case 'empty':
      return null;
    case 'authorization-url':
      return 'This is the address to approve at. The code comes after it, once you have approved.';
    case 'declined':
      return 'This says that the sign-in was declined. Approve in the browser to get a code.';
    case 'no-code':
      return 'There is no code in this. Copy the whole of what the page shows.';
    case 'no-state':
      return 'This is only the first half. Copy the whole code, with the # and what follows.';
    case 'state-cut-short':
      return 'The end of the code is missing. Copy the whole of it.';
    case 'not-understood':
      return 'This does not look like the code. Copy the whole of what the page shows, and nothing else.';
    case 'state-mismatch':
      return 'This code belongs to another sign-in. Open the browser again and copy the new one.';
  }
}
