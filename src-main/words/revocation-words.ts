import type { Revocation } from '../domain/revocation.ts';
import type { Words } from './words.ts';

/** What the service said of a login that was signed out, in a sentence. */
export function describeRevocation({ window: { signOut }, format }: Words, revocation: Revocation): string {
  const { said } = signOut;
  switch (revocation.outcome) {
    case 'refused':
      return said.refused(format.number(revocation.status));
    case 'not-asked':
      return signOut.notAsked[revocation.reason];
    default:
      return said[revocation.outcome];
  }
}
