import { dayWords, instantWords } from './duration-words.ts';
import { describeFailure } from './failure-words.ts';
import type { FailureCode } from './failure.ts';
import { entryLoss, loginEnd, refusalsInARow, type NoticeTopic } from './history.ts';
import type { Instant } from './instant.ts';
import type { Account } from './snapshot.ts';
import { describeAccount } from './words.ts';

/** The refusals that can end a login. */
const ENDINGS: ReadonlySet<FailureCode> = new Set(['grant-refused', 'answer-lost']);

/** A notification: a few words and a sentence. */
export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

/** What a person is told without having looked. */
export function describeNotice(topic: NoticeTopic, account: Account, now: Instant): NoticeWords {
  const name = account.owner?.email ?? 'Claude';
  const day = account.loginExpiresAt === null ? null : dayWords(account.loginExpiresAt, now);
  switch (topic) {
    case 'login-ends-in-3-days':
    case 'login-ends-in-1-day':
      return {
        title: `The login of ${name} ends on ${day ?? 'one of the next days'}`,
        body: 'Click to sign in once more, whenever it suits you before then.',
      };
    case 'needs-sign-in': {
      const refusal = refusalsInARow(account.history).findLast(({ failure }) => ENDINGS.has(failure.code));
      const isRefused = loginEnd(account.history) !== null && refusal !== undefined;
      return {
        title: `Sign in again as ${name}`,
        body: `${isRefused ? `${describeFailure(refusal.failure, 'refresh').title}.` : 'The login has reached its end.'} Click to sign in.`,
      };
    }
    case 'entry-lost': {
      const [trouble] = account.troubles;
      return {
        title: trouble === undefined ? 'Your login was changed' : describeFailure(trouble, 'refresh').title,
        body: 'Click to see what helps.',
      };
    }
  }
}

/** A sign-in has ended well. */
export function describeSignIn(account: Account, now: Instant): NoticeWords {
  const { who, access } = describeAccount(account, now);
  return { title: who, body: `${access}.` };
}

/** How a refresh that a person asked for has ended; `null` where a notice of its own tells. */
export function describeRefresh(account: Account, now: Instant): NoticeWords | null {
  if (loginEnd(account.history) !== null || entryLoss(account.history) !== null) return null;
  const trouble = account.troubles.find(({ code }) => code !== 'clock-off');
  if (trouble !== undefined) {
    const { title, explanation } = describeFailure(trouble, 'refresh');
    return { title, body: explanation };
  }
  const until =
    account.accessExpiresAt === null ? '' : ` until ${instantWords(account.accessExpiresAt, now)}`;
  return { title: 'Token renewed', body: `${describeAccount(account, now).who}${until}.` };
}
