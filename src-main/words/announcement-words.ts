import type { EventKind, HistoryEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { describeFailure } from './failure-words.ts';
import { describeEvent } from './history-words.ts';
import { describePlacement } from './placement-words.ts';
import { describeAccount } from './account-words.ts';
import { describeStepLine } from './step-words.ts';
import type { Words } from './words.ts';

/**
 * What a screen reader is told of a sign-in: each step as it begins, each notice, and the outcome. Holds no
 * countdown, so that it changes, and is read out, once for each of them.
 */
export function announceSignIn(words: Words, { accounts, signIn }: Snapshot, now: Instant): string {
  const { announcements } = words.signIn;
  switch (signIn?.phase) {
    case undefined:
      return '';
    case 'terms':
      return announcements.terms;
    case 'running':
      return progressOf(words, signIn);
    case 'succeeded': {
      const account = accounts.find(({ id }) => id === signIn.place?.id);
      const who =
        account === undefined ? words.account.signedIn : describeAccount(words, account, now, accounts).who;
      const placement = describePlacement(words, signIn, accounts);
      const { sentence, between } = words.conventions;
      return placement === null ? who : `${sentence(who)}${between}${placement}`;
    }
    case 'failed':
      return signIn.failure === null
        ? ''
        : announcements.failed(describeFailure(words, signIn.failure).title);
    case 'cancelled':
      return announcements.cancelled;
  }
}

function progressOf(words: Words, { steps, retryAt }: SignIn): string {
  const { announcements } = words.signIn;
  if (retryAt !== null) return announcements.askedToWait;
  const active = steps.findIndex(({ status }) => status === 'active');
  const step = steps[active];
  if (step === undefined) return '';
  const before = steps[active - 1];
  const doing = announcements.step(active + 1, steps.length, describeStepLine(words, step));
  return before === undefined || before.notice === null
    ? doing
    : announcements.after(describeFailure(words, before.notice, 'other').title, doing);
}

/**
 * What a screen reader is told of the life of the logins: that one is being renewed, and how that ended or what else
 * happened to it last. A region of its own, since an ended sign-in may stay on the stage for long.
 */
export function announceUpkeep(words: Words, { accounts }: Snapshot, now: Instant): string {
  const told = accounts.map((account) => ({ account, event: lastNews(account) }));
  const renewing = told.find(({ account }) => account.refreshing);
  const latest = told.toSorted((a, b) => (b.event?.at ?? -Infinity) - (a.event?.at ?? -Infinity))[0];
  const { account, event } = renewing ?? latest ?? {};
  if (account === undefined) return '';
  const { announcements } = words.history;
  const news = account.refreshing ? announcements.renewing : newsOf(words, account, event, now);
  return news === '' || accounts.length === 1
    ? news
    : announcements.of(describeAccount(words, account, now, accounts).who, news);
}

/** What is worth interrupting anyone for; waking up and having been told are not. */
const IS_NEWS: Readonly<Record<EventKind, boolean>> = {
  'signed-in': true,
  refreshed: true,
  adopted: true,
  refused: true,
  woke: false,
  removed: true,
  replaced: true,
  'put-back': true,
  'made-private': true,
  'handed-out': false,
  'signed-out': false,
  notified: false,
};

function lastNews({ history }: Account): HistoryEvent | undefined {
  return history.findLast(({ kind }) => IS_NEWS[kind]);
}

function newsOf(
  words: Words,
  { accessExpiresAt }: Account,
  event: HistoryEvent | undefined,
  now: Instant,
): string {
  // A sign-in has told that itself.
  if (event === undefined || event.kind === 'signed-in') return '';
  if (event.kind === 'refused') return describeFailure(words, event.failure, 'refresh').title;
  if (event.kind !== 'refreshed') return describeEvent(words, event, now).title;
  const { renewed, renewedUntil } = words.history.announcements;
  return accessExpiresAt === null ? renewed : renewedUntil(words.format.instant(accessExpiresAt, now));
}
