import { instantWords } from '../src-main/domain/duration-words.ts';
import { describeFailure } from '../src-main/domain/failure-words.ts';
import { describeEvent } from '../src-main/domain/history-words.ts';
import type { HistoryEvent } from '../src-main/domain/history.ts';
import type { Instant } from '../src-main/domain/instant.ts';
import type { SignIn } from '../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../src-main/domain/snapshot.ts';
import { describeAccount } from '../src-main/domain/words.ts';
import { stepWords } from './step-words.ts';

/**
 * What a screen reader is told of a sign-in: each step as it begins, each notice, and the outcome. Holds no
 * countdown, so that it changes, and is read out, once for each of them.
 */
export function signInAnnouncement({ accounts, signIn }: Snapshot, now: Instant): string {
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

/**
 * What a screen reader is told of the life of the logins: that one is being renewed, and how that ended or what else
 * happened to it last. A region of its own, since an ended sign-in may stay on the stage for long.
 */
export function upkeepAnnouncement({ accounts }: Snapshot, now: Instant): string {
  const told = accounts.map((account) => ({ account, event: lastNews(account) }));
  const renewing = told.find(({ account }) => account.refreshing);
  const latest = told.toSorted((a, b) => (b.event?.at ?? -Infinity) - (a.event?.at ?? -Infinity))[0];
  const { account, event } = renewing ?? latest ?? {};
  if (account === undefined) return '';
  const words = account.refreshing ? 'Renewing the token' : newsOf(account, event, now);
  return words === '' || accounts.length === 1 ? words : `${describeAccount(account, now).who}: ${words}`;
}

/** Waking up and having been told are nothing to interrupt anyone for. */
function lastNews({ history }: Account): HistoryEvent | undefined {
  return history.findLast(({ kind }) => kind !== 'woke' && kind !== 'notified');
}

function newsOf({ accessExpiresAt }: Account, event: HistoryEvent | undefined, now: Instant): string {
  // A sign-in has told that itself.
  if (event === undefined || event.kind === 'signed-in') return '';
  if (event.kind === 'refused') return describeFailure(event.failure, 'refresh').title;
  if (event.kind !== 'refreshed') return describeEvent(event, now).title;
  return accessExpiresAt === null
    ? 'Token renewed'
    : `Token renewed until ${instantWords(accessExpiresAt, now)}`;
}
