import { entryLoss, loginEnd } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLoginNearItsEnd, isLoginOver, standingOf } from '../domain/standing.ts';
import type { IconState } from './tray-tooltip-words.ts';
import type { Words } from './words.ts';

export interface StandingWords {
  readonly icon: IconState;
  readonly words: string;
}

/** How an account stands, in a word or two, and its picture. "Expired" is not "signed out": the login still stands. */
export function describeStanding(
  { account: { standing } }: Words,
  account: Account,
  now: Instant,
): StandingWords {
  const { accessExpiresAt, history } = account;
  const loss = entryLoss(history);
  if (loss !== null) {
    return { icon: 'needs-you', words: loss === 'removed' ? standing.notInFile : standing.replacedInFile };
  }
  switch (standingOf(account, now)) {
    case 'valid':
      if (!isLoginNearItsEnd(account, now)) return { icon: 'valid', words: standing.valid };
      return {
        icon: 'expiring',
        words: isLoginOver(account, now) ? standing.overTokenWorks : standing.loginEndsSoon,
      };
    case 'expiring':
      return { icon: 'expiring', words: standing.expiring };
    case 'expired':
      return { icon: 'expiring', words: standing.expired };
    case 'needs-sign-in': {
      const lives = accessExpiresAt === null || now < accessExpiresAt;
      const isUncertain = loginEnd(history) === 'uncertain';
      if (lives) {
        return {
          icon: 'needs-you',
          words: isUncertain ? standing.uncertainTokenWorks : standing.overTokenWorks,
        };
      }
      if (isUncertain) return { icon: 'needs-you', words: standing.uncertain };
      const hasLoginEnded = loginEnd(history) === 'refused' || isLoginOver(account, now);
      return { icon: 'needs-you', words: hasLoginEnded ? standing.over : standing.expiredForGood };
    }
  }
}
