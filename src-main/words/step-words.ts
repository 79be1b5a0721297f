import type { SignInStep } from '../domain/sign-in.ts';
import { describeFailure } from './failure-words.ts';
import type { Words } from './words.ts';

/** A step in plain words: what is being done, or what was done once it is. */
export function describeStep({ signIn }: Words, step: SignInStep): string {
  return signIn.steps[step.id][tense(step)];
}

/** The same in the terms of the protocol. */
export function describeStepInTerms({ signIn }: Words, step: SignInStep): string {
  return signIn.stepTerms[step.id][tense(step)];
}

/** In plain words, or what its notice says happened. */
export function describeStepLine(words: Words, step: SignInStep): string {
  // What failed is told at length beside the steps; here its name would be missed.
  const tellsMore = step.notice !== null && step.status === 'warning';
  return tellsMore ? describeFailure(words, step.notice, 'other').title : describeStep(words, step);
}

function tense({ status }: SignInStep): 'doing' | 'done' {
  return status === 'done' || status === 'warning' ? 'done' : 'doing';
}
