import type { SignInStep } from '../domain/sign-in.ts';
import { describeFailure } from './failure-words.ts';
import type { Words } from './words.ts';

/** A step in words: what is being done, or what was done once it is. */
export function describeStep({ signIn }: Words, step: SignInStep): string {
  const words = signIn.steps[step.id];
  if (step.status === 'done') return words.done;
  if (step.status === 'warning') return step.id === 'test' ? signIn.tokenTested : words.done;
  return words.doing;
}

/** The same in a list of steps: what its notice says happened, else what is being done or was done. */
export function describeStepLine(words: Words, step: SignInStep): string {
  // What failed is told at length beside the steps; here its name would be missed.
  const tellsMore = step.notice !== null && step.status === 'warning';
  return tellsMore ? describeFailure(words, step.notice, 'other').title : describeStep(words, step);
}
