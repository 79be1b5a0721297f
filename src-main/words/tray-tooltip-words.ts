import { isKeyRefused } from '../domain/api-key.ts';
import type { Failure } from '../domain/failure.ts';
import { gravityOf, isOnlyToKnow, type Gravity } from '../domain/gravity.ts';
import { entryLoss, hasLostAnswer, loginEnd } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay, type SignIn } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { concernOf, standingOf, type Concern, type Standing } from '../domain/standing.ts';
import { isUnknown, whyUnreadable } from '../domain/unreadable.ts';
import { describeKeyStanding } from './api-key-words.ts';
import { describeAccount } from './account-words.ts';
import { describeCrux, describeFailure } from './failure-words.ts';
import { describeStep } from './step-words.ts';
import { wordsOf, type Words } from './words.ts';

/** The pictures of the tray icon's family, by what they tell. */
export type IconState = 'signed-out' | 'signing-in' | 'valid' | 'expiring' | 'needs-you' | 'trouble';

/** What the tray icon says of the whole, its picture included: from (snapshot, now) only. */
export interface SnapshotWords {
  /** `null`: nobody can tell, since the config file cannot be read. `api-key`: nobody is signed in, and there is a key. */
  readonly standing: Standing | 'api-key' | null;
  readonly icon: IconState;
  /** The lines at the menu's top: who, until when, and what is wrong. At least one. */
  readonly lines: readonly string[];
  /** The same in one line that begins with the product's name. */
  readonly tooltip: string;
}

export function describeSnapshot(snapshot: Snapshot, now: Instant): SnapshotWords {
  const told = describeWhole(snapshot, now);
  const practice = snapshot.surroundings.practice ? [wordsOf(snapshot).trayTooltip.practice] : [];
  const lines = [...practice, ...told.lines];
  return { ...told, lines, tooltip: ['Latchkey', ...lines].join(' · ') };
}

function describeWhole(snapshot: Snapshot, now: Instant): Omit<SnapshotWords, 'tooltip'> {
  const words = wordsOf(snapshot);
  const { signIn, accounts } = snapshot;
  if (isUnderWay(signIn)) {
    return { standing: 'signing-in', icon: 'signing-in', lines: [signInLine(words, signIn)] };
  }
  const failed = signIn?.phase === 'failed' ? signIn.failure : null;
  if (isUnknown(snapshot)) {
    return { standing: null, icon: 'trouble', lines: unknownLines(words, snapshot, failed) };
  }
  const account = mostInNeed(accounts, now);
  const ofNone = snapshot.troubles.find((trouble) => !isOnlyToKnow(trouble)) ?? null;
  const own = account === undefined ? null : pressingTrouble(account, now);
  const trouble = failed ?? graver(own, ofNone);
  const during = trouble === failed ? 'sign-in' : trouble === own ? 'refresh' : 'other';
  const wrong = trouble === null ? [] : [describeFailure(words, trouble, during).title];
  const key = account === undefined ? describeKeyStanding(words, snapshot.apiKey) : null;
  if (key !== null) {
    const refused = isKeyRefused(snapshot.apiKey) ? (snapshot.apiKey.test?.failure ?? null) : null;
    return {
      standing: 'api-key',
      icon: trouble === null ? keyIcon(snapshot.apiKey) : 'trouble',
      lines: [key, ...(refused === null ? [] : [describeFailure(words, refused, 'other').title]), ...wrong],
    };
  }
  if (account === undefined) {
    return {
      standing: 'signed-out',
      icon: trouble === null ? 'signed-out' : 'trouble',
      lines: [words.trayTooltip.signedOut, ...wrong],
    };
  }
  const icon = iconOf(account, now, trouble !== null);
  const areAllWell = icon === 'valid' && accounts.length > 1;
  return {
    standing: standingOf(account, now),
    icon,
    lines: [
      ...(areAllWell ? linesOfAll(words, accounts, now) : linesOf(words, account, now, accounts)),
      ...wrong,
    ],
  };
}

/** The picture of an API key, whatever else is wrong: what other programs fill in, or list, is no key of one's own. */
export function keyIcon(apiKey: Snapshot['apiKey']): IconState {
  if (isKeyRefused(apiKey)) return 'trouble';
  return apiKey.own?.kind === 'key' ? 'valid' : 'signed-out';
}

/** Whose login it is, and until when: nothing needs a look at one of them more than at another. */
function linesOfAll(words: Words, accounts: readonly Account[], now: Instant): readonly string[] {
  const ends = accounts.map(({ loginExpiresAt }) => loginExpiresAt).filter((end) => end !== null);
  return [
    words.trayTooltip.several(words.format.number(accounts.length)),
    ...(ends.length === 0 ? [] : [words.trayTooltip.until(words.format.day(Math.min(...ends), now))]),
  ];
}

function linesOf(
  words: Words,
  account: Account,
  now: Instant,
  accounts: readonly Account[],
): readonly string[] {
  const until = untilLine(words, account, now);
  return [describeAccount(words, account, now, accounts).who, ...(until === null ? [] : [until])];
}

/** Until when the login lasts, else how it stands; `null` where a trouble tells that. */
export function untilLine(words: Words, account: Account, now: Instant): string | null {
  const { loginExpiresAt, history } = account;
  if (entryLoss(history) !== null || loginEnd(history) !== null || hasLostAnswer(history)) return null;
  if (loginExpiresAt !== null && now < loginExpiresAt) {
    return words.trayTooltip.until(words.format.day(loginExpiresAt, now));
  }
  const { login, access } = describeAccount(words, account, now);
  return login ?? access;
}

function unknownLines(words: Words, snapshot: Snapshot, failed: Failure | null): readonly string[] {
  // What the person has just tried is the news.
  if (failed !== null) return [words.signIn.announcements.failed(describeFailure(words, failed).title)];
  const why = whyUnreadable(snapshot);
  return [words.account.unknown, ...(why === null ? [] : [describeCrux(words, why)])];
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

function signInLine(words: Words, signIn: SignIn | null): string {
  if (signIn?.phase === 'terms') return words.trayTooltip.signingInTerms;
  const active = signIn?.steps.find(({ status }) => status === 'active');
  return active === undefined
    ? words.trayTooltip.signingIn
    : words.trayTooltip.signingInStep(describeStep(words, active));
}
