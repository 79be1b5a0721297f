import type { Failure } from '../domain/failure.ts';
import { gravityOf, isOnlyToKnow, type Gravity } from '../domain/gravity.ts';
import { loginEnd } from '../domain/history.ts';
import { DAY, type Instant } from '../domain/instant.ts';
import { planRefresh } from '../domain/refresh-policy.ts';
import { isUnderWay, type SignIn } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { concernOf, isLoginOver, standingOf, type Concern, type Standing } from '../domain/standing.ts';
import { isUnknown, whyUnreadable } from '../domain/unreadable.ts';
import { accountName } from './account-name.ts';
import { describeCrux, describeFailure } from './failure-words.ts';
import { describeStep } from './step-words.ts';
import { wordsOf, type Words } from './words.ts';

/** The pictures of the tray icon's family, by what they tell. */
export type IconState = 'signed-out' | 'signing-in' | 'valid' | 'expiring' | 'needs-you' | 'trouble';

/** What every face says of the whole: from (snapshot, now) only, so that tray, window and terminal never disagree. */
export interface SnapshotWords {
  /** `null`: nobody can tell, since the config file cannot be read. */
  readonly standing: Standing | null;
  readonly icon: IconState;
  /** One line: the tray's tooltip and its menu's first line. */
  readonly headline: string;
}

export function describeSnapshot(snapshot: Snapshot, now: Instant): SnapshotWords {
  const told = describeWhole(snapshot, now);
  if (!snapshot.surroundings.practice) return told;
  return { ...told, headline: wordsOf(snapshot).tray.practice(told.headline) };
}

function describeWhole(snapshot: Snapshot, now: Instant): SnapshotWords {
  const words = wordsOf(snapshot);
  if (isUnderWay(snapshot.signIn)) {
    return {
      standing: 'signing-in',
      icon: 'signing-in',
      headline: signInHeadline(words, snapshot.signIn),
    };
  }
  const failed = snapshot.signIn?.phase === 'failed' ? snapshot.signIn.failure : null;
  if (isUnknown(snapshot)) {
    return { standing: null, icon: 'trouble', headline: unknownHeadline(words, snapshot, failed) };
  }
  const account = mostInNeed(snapshot.accounts, now);
  const ofNone = snapshot.troubles.find((trouble) => !isOnlyToKnow(trouble)) ?? null;
  if (account === undefined) {
    const trouble = failed ?? ofNone;
    const during = trouble === failed ? 'sign-in' : 'other';
    return {
      standing: 'signed-out',
      icon: trouble === null ? 'signed-out' : 'trouble',
      headline:
        trouble === null
          ? words.account.signedOut
          : words.account.signedOutBecause(describeFailure(words, trouble, during).title),
    };
  }
  const { standing, who, clocks } = describeAccount(words, account, now, snapshot.accounts);
  const own = pressingTrouble(account, now);
  const trouble = failed ?? graver(own, ofNone);
  const during = trouble === failed ? 'sign-in' : trouble === own ? 'refresh' : 'other';
  const headline = words.account.headline(who, clocks);
  return {
    standing,
    icon: iconOf(account, now, trouble !== null),
    headline:
      trouble === null
        ? headline
        : words.account.headlineBut(headline, describeFailure(words, trouble, during).title),
  };
}

function unknownHeadline(words: Words, snapshot: Snapshot, failed: Failure | null): string {
  // What the person has just tried is the news.
  if (failed !== null) return words.signIn.announcements.failed(describeFailure(words, failed).title);
  const why = whyUnreadable(snapshot);
  const { unknown, unknownBecause } = words.account;
  return why === null ? unknown : unknownBecause(describeCrux(words, why));
}

const WEIGHTS: Readonly<Record<Gravity, number>> = { calm: 0, warning: 1, passing: 1, usual: 2, trouble: 2 };

/** The account's own, unless the other one is worse: what befell the login is what a person has to know first. */
function graver(own: Failure | null, other: Failure | null): Failure | null {
  if (own === null || other === null) return own ?? other;
  return WEIGHTS[gravityOf(own)] >= WEIGHTS[gravityOf(other)] ? own : other;
}

/** The account that most needs a look, of several: the first of those that are worst off. */
export function mostInNeed(accounts: readonly Account[], now: Instant): Account | undefined {
  return inOrderOfNeed(accounts, now)[0];
}

/**
 * The accounts, those first that most need a look. One that another program put into the file, and that was never ours
 * to keep, comes last.
 */
export function inOrderOfNeed(accounts: readonly Account[], now: Instant): readonly Account[] {
  const rank = (account: Account) =>
    account.history.length === 0 ? BY_NEED.length : BY_NEED.indexOf(accountIcon(account, now));
  return accounts.toSorted((one, other) => rank(one) - rank(other));
}

/** The picture of one account, whatever else is wrong. */
export function accountIcon(account: Account, now: Instant): IconState {
  return iconOf(account, now, pressingTrouble(account, now) !== null);
}

/** The picture of an account beside which no trouble stands. */
export const CONCERN_ICONS: Readonly<Record<Concern, IconState>> = {
  none: 'valid',
  look: 'expiring',
  person: 'needs-you',
};

const BY_NEED: readonly IconState[] = ['needs-you', 'trouble', 'expiring', 'valid'];

function iconOf(account: Account, now: Instant, isTroubled: boolean): IconState {
  const concern = concernOf(account, now);
  // Only the person can say what counts now, or sign in: that comes before any trouble.
  return isTroubled && concern !== 'person' ? 'trouble' : CONCERN_ICONS[concern];
}

/** What is only to be known is nothing to call for, nor is an outage that ends by itself while the token lives. */
export function pressingTrouble(account: Account, now: Instant): Failure | null {
  const standing = standingOf(account, now);
  const isOver = standing === 'expired' || standing === 'needs-sign-in';
  const passes = ({ code }: Failure) => code === 'network-down' || code === 'service-down';
  return account.troubles.find((trouble) => !isOnlyToKnow(trouble) && (isOver || !passes(trouble))) ?? null;
}

export interface AccountWords {
  readonly standing: ReturnType<typeof standingOf>;
  /** "Signed in as ada@example.org" */
  readonly who: string;
  /** Both clocks in one line: "token 3 h 12 min, login 24 days" */
  readonly clocks: string;
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
  const login = loginLeft(words, account, now);
  const { clocks } = words.account;
  const access = accessLeft(words, account, now);
  return {
    standing,
    who: whoWords(words, accountName(words, account, accounts), standing),
    clocks: login === null ? access : clocks.both(access, login),
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

function accessLeft(
  { account: { clocks }, format }: Words,
  { accessExpiresAt, whereabouts }: Account,
  now: Instant,
): string {
  if (whereabouts === 'nowhere') return clocks.tokenGone;
  if (accessExpiresAt === null) return clocks.tokenWithoutEnd;
  return now < accessExpiresAt ? clocks.token(format.duration(accessExpiresAt - now)) : clocks.tokenExpired;
}

function loginLeft(
  { account: { clocks }, format }: Words,
  { loginExpiresAt, history, whereabouts }: Account,
  now: Instant,
): string | null {
  if (loginEnd(history) === 'refused') return clocks.loginEnded;
  // Whatever was promised once: it is gone, or nobody knows.
  if (whereabouts === 'nowhere') return null;
  if (loginEnd(history) === 'uncertain') return clocks.loginUncertain;
  if (loginExpiresAt === null) return null;
  return now < loginExpiresAt ? clocks.login(format.left(loginExpiresAt, now)) : clocks.loginEnded;
}

function accessSentence(words: Words, account: Account, now: Instant): string {
  const { accessExpiresAt } = account;
  const { access } = words.account;
  if (account.whereabouts === 'nowhere') return access.lost;
  if (account.refreshing) return access.renewing;
  if (accessExpiresAt === null) return access.withoutEnd;
  const when = words.format.instant(accessExpiresAt, now);
  const until = now < accessExpiresAt ? access.until(when) : access.expiredSince(when);
  return `${until}${renewal(words, account, now)}`;
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

function loginSentence(
  { account: { login }, format }: Words,
  { loginExpiresAt, history, whereabouts }: Account,
  now: Instant,
): string | null {
  const isRefused = loginEnd(history) === 'refused';
  if (whereabouts === 'nowhere') return login.gone;
  if (loginEnd(history) === 'uncertain') return login.uncertain;
  if (loginExpiresAt === null) return isRefused ? login.ended : null;
  const day = format.day(loginExpiresAt, now);
  if (isRefused && now < loginExpiresAt) return login.endedEarly(day);
  if (now >= loginExpiresAt) return login.endedOn(day);
  return login.until(loginExpiresAt - now < 2 * DAY ? format.instant(loginExpiresAt, now) : day);
}

function signInHeadline(words: Words, signIn: SignIn | null): string {
  if (signIn?.phase === 'terms') return words.signIn.headlineTerms;
  const active = signIn?.steps.find(({ status }) => status === 'active');
  return active === undefined
    ? words.signIn.headline
    : words.signIn.headlineStep(describeStep(words, active));
}
