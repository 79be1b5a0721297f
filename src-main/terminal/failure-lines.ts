import type { Failure } from '../domain/failure.ts';
import type { Activity } from '../domain/help.ts';
import { failureText } from './failure-text.ts';

/** What a failure says on standard error. */
export function failureLines(failure: Failure, during: Activity = 'sign-in'): readonly string[] {
  return ['', ...markedLines('✗', failure, during)];
}

/** A failure with its explanation: `✗` where it is in the way, `⚠` where it is only worth knowing. */
export function markedLines(mark: '✗' | '⚠', failure: Failure, during: Activity): readonly string[] {
  const { title, explanation } = failureText(failure, during);
  return [`${mark} ${title} [${failure.code}]`, `  ${explanation}`];
}
