import { entryLoss, hasLostAnswer, loginEnd, refusalsInARow } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLoginOver, isOutOfReach, standingOf } from '../domain/standing.ts';
import type { Words } from './words.ts';

/** What the access token's clock means for the person, now: the second line under `AccountWords.access`. */
export function accessHint(words: Words, account: Account, now: Instant): string {
  const { hints } = words.account.access;
  const { accessExpiresAt, history, refreshable, whereabouts } = account;
  const lives = accessExpiresAt === null || now < accessExpiresAt;
  const standing = standingOf(account, now);
  // Of no use to anyone any more, wherever it was.
  if (whereabouts === 'nowhere') return hints.signIn;
  if (entryLoss(history) !== null) return hints.entryLost;
  if (standing === 'needs-sign-in') {
    const isUncertain = loginEnd(history) === 'uncertain';
    if (lives) return isUncertain ? hints.worksUntilEndUncertain : hints.worksUntilEnd;
    return isUncertain ? hints.signInUncertain : hints.signIn;
  }
  if (hasLostAnswer(history)) return lives ? hints.worksUntilEndUncertain : hints.signInUncertain;
  if (standing === 'expired') {
    // What has just been refused, or is under way, is no advice.
    const isRefused = refusalsInARow(history).length > 0;
    return account.refreshing || isRefused ? hints.stillSignedIn : hints.refreshIsEnough;
  }
  if (isLoginOver(account, now)) return hints.worksUntilEnd;
  if (!refreshable) return whereabouts === 'unknown' ? hints.renewingNeedsFile : hints.cannotRenew;
  if (isOutOfReach(account)) return hints.worksUntilEnd;
  return standing === 'expiring' ? hints.endsInAMoment : hints.whatItIsFor;
}
