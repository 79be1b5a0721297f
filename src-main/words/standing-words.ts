import { gravityOf } from '../domain/gravity.ts';
import { entryLoss, hasLostAnswer, loginEnd } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import {
  concernOf,
  hasFailedToRenew,
  isLoginNearItsEnd,
  isLoginOver,
  standingOf,
} from '../domain/standing.ts';
import { secretOf } from '../domain/storage.ts';
import { CONCERN_ICONS, type IconState } from './tray-tooltip-words.ts';
import type { Words } from './words.ts';

export interface StandingWords {
  readonly icon: IconState;
  readonly words: string;
}

/** How an account stands, in a word or two, and its picture. "Expired" is not "signed out": the login still stands. */
export function describeStanding(words: Words, account: Account, now: Instant): StandingWords {
  const concern = concernOf(account, now);
  // As grave as its card; what waits for a person is told in amber, as in the tray.
  const isGrave = concern === 'look' && account.troubles.some((each) => gravityOf(each) === 'trouble');
  return { icon: isGrave ? 'trouble' : CONCERN_ICONS[concern], words: standingWords(words, account, now) };
}

function standingWords({ account: { standing } }: Words, account: Account, now: Instant): string {
  const { accessExpiresAt, history } = account;
  const loss = entryLoss(history);
  if (loss !== null) return loss === 'removed' ? standing.notInFile : standing.replacedInFile;
  switch (standingOf(account, now)) {
    case 'valid':
    case 'expiring':
      if (isLoginOver(account, now)) return standing.overTokenWorks;
      if (hasLostAnswer(history)) return standing.uncertainTokenWorks;
      if (isLoginNearItsEnd(account, now)) return standing.loginEndsSoon;
      if (secretOf(account) === 'locked') return standing.keychainLocked;
      if (secretOf(account) === 'away') return standing.keychainAway;
      if (hasFailedToRenew(account)) return standing.notRenewed;
      return standingOf(account, now) === 'valid' ? standing.valid : standing.expiring;
    case 'expired':
      if (hasLostAnswer(history)) return standing.uncertain;
      return concernOf(account, now) === 'none' ? standing.valid : standing.expired;
    case 'needs-sign-in': {
      const lives = accessExpiresAt === null || now < accessExpiresAt;
      const isUncertain = loginEnd(history) === 'uncertain';
      if (lives) return isUncertain ? standing.uncertainTokenWorks : standing.overTokenWorks;
      if (isUncertain) return standing.uncertain;
      const hasLoginEnded = loginEnd(history) === 'refused' || isLoginOver(account, now);
      return hasLoginEnded ? standing.over : standing.expiredForGood;
    }
  }
}
