import { entryLoss, loginEnd } from '../src-main/domain/history.ts';
import type { Instant } from '../src-main/domain/instant.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import { standingOf } from '../src-main/domain/standing.ts';
import type { IconState } from '../src-main/domain/words.ts';

export interface StandingWords {
  readonly icon: IconState;
  readonly words: string;
}

/** How an account stands, in a word or two, and its picture. "Expired" is not "signed out": the login still stands. */
export function standingWords(account: Account, now: Instant): StandingWords {
  const { accessExpiresAt, history } = account;
  if (entryLoss(history) !== null) return { icon: 'trouble', words: 'Not in the config file' };
  switch (standingOf(account, now)) {
    case 'valid':
      return { icon: 'valid', words: 'Signed in' };
    case 'expiring':
      return { icon: 'expiring', words: 'Signed in, token ends soon' };
    case 'expired':
      return { icon: 'expiring', words: 'Signed in, token expired' };
    case 'needs-sign-in': {
      const login = loginEnd(history) === 'uncertain' ? 'Login uncertain' : 'Login over';
      const lives = accessExpiresAt === null || now < accessExpiresAt;
      return { icon: 'needs-you', words: lives ? `${login}, token still works` : login };
    }
  }
}
