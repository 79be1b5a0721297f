import type { Failure } from '../domain/failure.ts';
import { helpFor, PUT_BACK, type Activity } from '../domain/help.ts';
import { describeFailure } from '../words/failure-words.ts';
import { ENGLISH } from './english.ts';

interface FailureText {
  readonly title: string;
  readonly explanation: string;
}

/** What a failure says here: as the seed words it, where it does; else as the window, with its details in brackets. */
export function failureText(failure: Failure, during: Activity, isKeptAside = false): FailureText {
  const { title, explanation, technical } = describeFailure(ENGLISH, failure, during, isKeptAside);
  const known = technical === undefined ? explanation : `${explanation} (${technical})`;
  const whole = [known, commandThatHelps(failure, during)].filter((part) => part !== null).join(' ');
  return seedTrouble(failure) ?? { title, explanation: whole };
}

function commandThatHelps(failure: Failure, during: Activity): string | null {
  if (helpFor(failure, during) === PUT_BACK) return 'To put yours back: latchkey put-back';
  // Where commands alone run nobody notices another network.
  if (failure.code === 'network-challenge' && during === 'refresh') return 'Once there: latchkey refresh';
  return null;
}

/** The troubles that the seed names, in words that scripts may search its output for; `null` for any other. */
export function seedTrouble(
  failure: Failure,
): { readonly title: string; readonly explanation: string } | null {
  switch (failure.code) {
    case 'authorization-timeout':
      return {
        title: 'Authorization timeout',
        explanation: `No approval arrived within ${ENGLISH.format.lasting(60 * failure.minutes)}. Start again and approve while the clock runs.`,
      };
    case 'access-denied':
      return {
        title: 'Access denied',
        explanation:
          'The request was declined in the browser (access_denied). Sign in again and approve to continue.',
      };
    case 'test-forbidden': {
      const message = failure.message.replace(/[.。]+$/, '');
      return {
        title: 'The token test was refused',
        explanation: `The service answered ${failure.status}${message === '' ? '' : `: “${message}”`}. This is expected: such tokens are restricted to Claude Code. The token was saved.`,
      };
    }
    default:
      return null;
  }
}
