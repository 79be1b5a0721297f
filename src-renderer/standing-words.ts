import type { AccountWords, IconState } from '../src-main/domain/words.ts';

/** How an account stands, in a word or two, and its picture. "Expired" is not "signed out": the login still stands. */
export function standingWords(standing: AccountWords['standing']): {
  readonly icon: IconState;
  readonly words: string;
} {
  switch (standing) {
    case 'valid':
      return { icon: 'valid', words: 'Signed in' };
    case 'expiring':
      return { icon: 'expiring', words: 'Signed in, token ends soon' };
    case 'expired':
      return { icon: 'expiring', words: 'Signed in, token expired' };
    case 'needs-sign-in':
      return { icon: 'needs-you', words: 'Login over' };
  }
}
