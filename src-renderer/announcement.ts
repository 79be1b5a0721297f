import { describeFailure } from '../src-main/domain/failure-words.ts';
import type { Instant } from '../src-main/domain/instant.ts';
import type { SignIn } from '../src-main/domain/sign-in.ts';
import type { Snapshot } from '../src-main/domain/snapshot.ts';
import { describeAccount } from '../src-main/domain/words.ts';
import { stepWords } from './step-words.ts';

/**
 * What a screen reader is told of a sign-in: each step as it begins, each notice, and the outcome. Holds no
 * countdown, so that it changes, and is read out, once for each of them.
 */
export function announcementOf({ accounts, signIn }: Snapshot, now: Instant): string {
  switch (signIn?.phase) {
    case undefined:
      return '';
    case 'terms':
      return 'Before the first sign-in: please read these lines.';
    case 'running':
      return progressOf(signIn);
    case 'succeeded': {
      const account = accounts.find(({ id }) => id === signIn.accountId);
      return account === undefined ? 'Signed in' : describeAccount(account, now).who;
    }
    case 'failed':
      return signIn.failure === null ? '' : `Sign-in failed: ${describeFailure(signIn.failure).title}`;
    case 'cancelled':
      return 'Sign-in cancelled';
  }
}

function progressOf({ steps }: SignIn): string {
  const active = steps.findIndex(({ status }) => status === 'active');
  const step = steps[active];
  if (step === undefined) return '';
  const before = steps[active - 1];
  const doing = `Step ${active + 1} of ${steps.length}: ${stepWords(step)}`;
  return before === undefined || before.notice === null
    ? doing
    : `${describeFailure(before.notice).title}. ${doing}`;
}
