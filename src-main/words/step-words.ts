import type { SignInStep } from '../domain/sign-in.ts';
import type { Words } from './words.ts';

/** A step in words: what is being done, or what was done once it is. */
export function describeStep({ signIn }: Words, step: SignInStep): string {
  const words = signIn.steps[step.id];
  if (step.status === 'done') return words.done;
  if (step.status === 'warning') return step.id === 'test' ? signIn.tokenTested : words.done;
  return words.doing;
}
