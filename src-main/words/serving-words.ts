import type { Instant } from '../domain/instant.ts';
import type { HandedOut, Question } from '../domain/serving.ts';
import type { Account } from '../domain/snapshot.ts';
import { accountName } from './account-name.ts';
import { handedOutWords } from './history-words.ts';
import type { NotificationWords } from './notification-words.ts';
import type { FaceWords } from './words.ts';

/** "Token handed to curl 3 times, 14:30" */
export function describeHandedOut(
  words: FaceWords,
  { program, times, lastAt }: HandedOut,
  now: Instant,
): string {
  return words.serving.lastAt(handedOutWords(words, program, times), words.format.instant(lastAt, now));
}

/** "May curl have a token?" */
export function describeQuestion(
  words: FaceWords,
  { program, accountId }: Question,
  accounts: readonly Account[],
): string {
  const { title, titleFor, unknown } = words.serving.question;
  const account = accounts.find(({ id }) => id === accountId);
  const who = program ?? unknown;
  if (account === undefined || accounts.length === 1) return title(who);
  return titleFor(who, accountName(words, account, accounts) ?? accountId);
}

/** The same for whoever does not see the window. */
export function notifyOfQuestion(
  words: FaceWords,
  question: Question,
  accounts: readonly Account[],
): NotificationWords {
  return {
    title: describeQuestion(words, question, accounts),
    body: words.serving.notification,
    action: words.notifications.show,
  };
}
