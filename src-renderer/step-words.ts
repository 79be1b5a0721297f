import type { SignInStep } from '../src-main/domain/sign-in.ts';
import { describeFailure } from '../src-main/words/failure-words.ts';
import { describeStep } from '../src-main/words/step-words.ts';
import type { Words } from '../src-main/words/words.ts';

/** A step's one line: what its notice says happened, else what is being done or was done. */
export function stepWords(words: Words, step: SignInStep): string {
  // What failed is told at length beside the steps; here its name would be missed.
  const tellsMore = step.notice !== null && step.status === 'warning';
  return tellsMore ? describeFailure(words, step.notice, 'other').title : describeStep(words, step);
}
