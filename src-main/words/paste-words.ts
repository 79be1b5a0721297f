import type { PasteProblem } from '../domain/pasted-code.ts';
import type { Words } from './words.ts';

/**
 * What is wrong with a pasted text and what helps, for every face that takes one; `null` where there is nothing to say
 * yet. `state-mismatch`: it belongs to another attempt.
 */
export function describePasteProblem(words: Words, problem: PasteProblem | 'state-mismatch'): string | null {
  return problem === 'empty' ? null : words.signIn.paste.problems[problem];
}
