import { describeFailure } from '../src-main/domain/failure-words.ts';
import type { SignInStep } from '../src-main/domain/sign-in.ts';
import { describeStep } from '../src-main/domain/words.ts';

/** A step's one line: what its notice says happened, else what is being done or was done. */
export function stepWords(step: SignInStep): string {
  const tellsMore = step.notice !== null && step.status !== 'skipped';
  return tellsMore ? describeFailure(step.notice).title : describeStep(step);
}
