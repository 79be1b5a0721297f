import type { Failure } from '../domain/failure.ts';
import { gravityOf, isOnlyToKnow, type Gravity } from '../domain/gravity.ts';
import { entryLoss } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay, type SignIn } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { isLoginNearItsEnd, standingOf, type Standing } from '../domain/standing.ts';
import { isUnknown, whyUnreadable } from '../domain/unreadable.ts';
import { describeAccount } from './account-words.ts';
import { describeCrux, describeFailure } from './failure-words.ts';
import { describeStep } from './step-words.ts';
import { wordsOf, type Words } from './words.ts';

/** The pictures of the tray icon's family, by what they tell. */
export type IconState = 'signed-out' | 'signing-in' | 'valid' | 'expiring' | 'needs-you' | 'trouble';

/** What the tray icon says of the whole, its picture included: from (snapshot, now) only. */
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
  return { ...told, headline: wordsOf(snapshot).trayTooltip.practice(told.headline) };
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
          ? words.trayTooltip.signedOut
          : words.trayTooltip.signedOutBecause(describeFailure(words, trouble, during).title),
    };
  }
  const { standing, who, clocks } = describeAccount(words, account, now, snapshot.accounts);
  const own = pressingTrouble(account, now);
  const trouble = failed ?? graver(own, ofNone);
  const during = trouble === failed ? 'sign-in' : trouble === own ? 'refresh' : 'other';
  const headline = words.trayTooltip.headline(who, clocks);
  return {
    standing,
    icon: iconOf(account, now, trouble !== null),
    headline:
      trouble === null
        ? headline
        : words.trayTooltip.headlineBut(headline, describeFailure(words, trouble, during).title),
  };
}

function unknownHeadline(words: Words, snapshot: Snapshot, failed: Failure | null): string {
  // What the person has just tried is the news.
  if (failed !== null) return words.signIn.announcements.failed(describeFailure(words, failed).title);
  const why = whyUnreadable(snapshot);
  return why === null ? words.account.unknown : words.trayTooltip.unknownBecause(describeCrux(words, why));
}

const WEIGHTS: Readonly<Record<Gravity, number>> = { calm: 0, warning: 1, passing: 1, usual: 2, trouble: 2 };

/** The account's own, unless the other one is worse: what befell the login is what a person has to know first. */
function graver(own: Failure | null, other: Failure | null): Failure | null {
  if (own === null || other === null) return own ?? other;
  return WEIGHTS[gravityOf(own)] >= WEIGHTS[gravityOf(other)] ? own : other;
}

/**
 * The account that most needs a look, of several: the first of those that are worst off. One that another program put
 * into the file, and that was never ours to keep, comes last.
 */
export function mostInNeed(accounts: readonly Account[], now: Instant): Account | undefined {
  const rank = (account: Account) =>
    account.history.length === 0
      ? BY_NEED.length
      : BY_NEED.indexOf(iconOf(account, now, pressingTrouble(account, now) !== null));
  return accounts.toSorted((one, other) => rank(one) - rank(other))[0];
}

const BY_NEED: readonly IconState[] = ['needs-you', 'trouble', 'expiring', 'valid'];

function iconOf(account: Account, now: Instant, isTroubled: boolean): IconState {
  const standing = standingOf(account, now);
  // Only the person can say what counts now, or sign in: that comes before any trouble.
  if (standing === 'needs-sign-in' || entryLoss(account.history) !== null) return 'needs-you';
  if (isTroubled) return 'trouble';
  return standing !== 'valid' || isLoginNearItsEnd(account, now) ? 'expiring' : 'valid';
}

/** What is only to be known is nothing to call for, nor is an outage that ends by itself while the token lives. */
function pressingTrouble(account: Account, now: Instant): Failure | null {
  const standing = standingOf(account, now);
  const isOver = standing === 'expired' || standing === 'needs-sign-in';
  const passes = ({ code }: Failure) => code === 'network-down' || code === 'service-down';
  return account.troubles.find((trouble) => !isOnlyToKnow(trouble) && (isOver || !passes(trouble))) ?? null;
}

function signInHeadline(words: Words, signIn: SignIn | null): string {
  if (signIn?.phase === 'terms') return words.trayTooltip.signingInTerms;
  const active = signIn?.steps.find(({ status }) => status === 'active');
  return active === undefined
    ? words.trayTooltip.signingIn
    : words.trayTooltip.signingInStep(describeStep(words, active));
}
