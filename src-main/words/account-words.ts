import { hasLostAnswer, loginEnd } from '../domain/history.ts';
import { DAY, type Instant } from '../domain/instant.ts';
import { planRefresh } from '../domain/refresh-policy.ts';
import { secretOf } from '../domain/storage.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLoginOver, standingOf } from '../domain/standing.ts';
import { seemsToGoOnAs } from '../domain/whereabouts.ts';
import { accountName } from './account-name.ts';
import type { Words } from './words.ts';

export interface AccountWords {
  readonly standing: ReturnType<typeof standingOf>;
  /** "Signed in as ada@example.org" */
  readonly who: string;
  /** The access clock and what comes then: "Token until 14:30, renewed by itself" */
  readonly access: string;
  /** The login clock: "Signed in until 21 December"; `null` when the service did not tell. */
  readonly login: string | null;
}

/** @param accounts all of them, where several are told */
export function describeAccount(
  words: Words,
  account: Account,
  now: Instant,
  accounts: readonly Account[] = [],
): AccountWords {
  const standing = standingOf(account, now);
  return {
    standing,
    who: whoWords(words, accountName(words, account, accounts), standing),
    access: accessSentence(words, account, now),
    login: loginSentence(words, account, now),
  };
}

function whoWords(
  { account: words }: Words,
  name: string | null,
  standing: AccountWords['standing'],
): string {
  if (standing === 'needs-sign-in') return name === null ? words.signInAgain : words.signInAgainAs(name);
  return name === null ? words.signedIn : words.signedInAs(name);
}

function accessSentence(words: Words, account: Account, now: Instant): string {
  const { accessExpiresAt } = account;
  const { access } = words.account;
  if (account.whereabouts === 'nowhere') return lostSentence(words, account);
  if (account.refreshing) return access.renewing;
  if (accessExpiresAt === null) return access.withoutEnd;
  const when = words.format.instant(accessExpiresAt, now);
  const until = now < accessExpiresAt ? access.until(when) : access.expiredSince(when);
  return `${until}${renewal(words, account, now)}`;
}

/** Of a token that is not here. */
export function lostSentence({ account: { access } }: Words, account: Account): string {
  const id = seemsToGoOnAs(account);
  return id === null ? access.lost : access.elsewhere(id);
}

function renewal(words: Words, account: Account, now: Instant): string {
  const plan = planRefresh(account, account.history, now);
  const { then } = words.account.access;
  const isOver = account.accessExpiresAt !== null && now >= account.accessExpiresAt;
  const hasLoginEnded = loginEnd(account.history) === 'refused' || isLoginOver(account, now);
  if (hasLoginEnded) return isOver ? '' : then.signIn;
  if (plan.at === null) return '';
  if (plan.reason === 'after-refusal' || plan.reason === 'network-back') {
    return plan.at <= now ? then.tryNow : then.try(words.format.instant(plan.at, now));
  }
  return then.byItself;
}

function loginSentence({ account: { login }, format }: Words, account: Account, now: Instant): string | null {
  const { loginExpiresAt, history, whereabouts } = account;
  const isRefused = loginEnd(history) === 'refused';
  // Whatever was promised once: it is gone, or nobody knows.
  if (whereabouts === 'nowhere') {
    const id = seemsToGoOnAs(account);
    return id === null ? login.gone : login.goesOnAs(id);
  }
  if (secretOf(account) === 'missing') return login.ended;
  if (loginEnd(history) === 'uncertain' || hasLostAnswer(history)) return login.uncertain;
  if (loginExpiresAt === null) return isRefused ? login.ended : null;
  const day = format.day(loginExpiresAt, now);
  if (isRefused && now < loginExpiresAt) return login.endedEarly(day);
  if (now >= loginExpiresAt) return login.endedOn(day);
  return login.until(loginExpiresAt - now < 2 * DAY ? format.instant(loginExpiresAt, now) : day);
}
