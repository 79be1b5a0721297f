import { hasKey } from '../domain/api-key.ts';
import { isOnlyToKnow } from '../domain/gravity.ts';
import { entryLoss, loginEnd, refusalsInARow, type NotificationTopic } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { endOf } from '../domain/refusal.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { describeFailure } from './failure-words.ts';
import { describeAccount } from './account-words.ts';
import type { Words } from './words.ts';

/** A notification: a few words and a sentence. */
export interface NotificationWords {
  readonly title: string;
  readonly body: string;
  /** What a button on it says that does what a click does; `null` where nothing is to be done. */
  readonly action: string | null;
}

/** What a person is told without having looked. */
export function describeNotification(
  words: Words,
  topic: NotificationTopic,
  account: Account,
  now: Instant,
): NotificationWords {
  const { notifications } = words;
  const name = account.owner?.email ?? null;
  switch (topic) {
    case 'login-ends-in-3-days':
    case 'login-ends-in-1-day':
      return {
        title:
          account.loginExpiresAt === null
            ? notifications.loginEndsSoon
            : notifications.loginEnds(name, words.format.day(account.loginExpiresAt, now)),
        body: notifications.loginEndsHelp,
        action: words.help['sign-in-again'],
      };
    case 'needs-sign-in': {
      const refusal = refusalsInARow(account.history).findLast(({ failure }) => endOf(failure) !== null);
      const isRefused = loginEnd(account.history) !== null && refusal !== undefined;
      const why = isRefused
        ? describeFailure(words, refusal.failure, 'refresh').title
        : notifications.reachedItsEnd;
      return {
        title: notifications.signInAgain(name),
        body: notifications.clickToSignIn(why),
        action: words.help['sign-in-again'],
      };
    }
    case 'entry-lost': {
      const [trouble] = account.troubles;
      return {
        title:
          trouble === undefined
            ? notifications.entryChanged
            : describeFailure(words, trouble, 'refresh').title,
        body: notifications.clickToSee,
        action: notifications.show,
      };
    }
  }
}

/** The window is closed for the first time, which could be taken for the end of the app. */
export function describeGoingOn(
  { notifications }: Words,
  { accounts, apiKey }: Pick<Snapshot, 'accounts' | 'apiKey'>,
): NotificationWords {
  const { title, body, bodyApiKey, bodySignedOut } = notifications.goesOn;
  const withoutLogin = hasKey(apiKey) ? bodyApiKey : bodySignedOut;
  return { title, body: accounts.length > 0 ? body : withoutLogin, action: notifications.show };
}

/** A sign-in has ended well. */
export function describeSignIn(words: Words, account: Account, now: Instant): NotificationWords {
  const { who, access } = describeAccount(words, account, now);
  return { title: who, body: words.conventions.sentence(access), action: null };
}

/** How a refresh that a person asked for has ended; `null` where a notification of its own tells. */
export function describeRefresh(words: Words, account: Account, now: Instant): NotificationWords | null {
  if (loginEnd(account.history) !== null || entryLoss(account.history) !== null) return null;
  const trouble = account.troubles.find((each) => each.code !== 'clock-off' && !isOnlyToKnow(each));
  if (trouble !== undefined) {
    const { title, explanation } = describeFailure(words, trouble, 'refresh');
    return { title, body: explanation, action: null };
  }
  const { notifications, format } = words;
  const { who } = describeAccount(words, account, now);
  return {
    title: notifications.renewed,
    body:
      account.accessExpiresAt === null
        ? notifications.renewedFor(who)
        : notifications.renewedForUntil(who, format.instant(account.accessExpiresAt, now)),
    action: null,
  };
}

/** An access token is on the clipboard. */
export function describeCopied({ account, window }: Words): NotificationWords {
  return { title: account.access.title, body: window.accessTokenCopied, action: null };
}

/** The API key is on the clipboard. */
export function describeKeyCopied({ apiKey }: Words): NotificationWords {
  return { title: apiKey.title, body: apiKey.copied, action: null };
}
