import type { SignIn } from '../domain/sign-in.ts';
import type { Account } from '../domain/snapshot.ts';
import type { Words } from './words.ts';

/** What a person should know of a sign-in whose browser was signed in as somebody else than was asked for; else `null`. */
export function describePlacement(
  { signIn: { placed } }: Words,
  { askedFor, accountId }: SignIn,
  accounts: readonly Account[],
): string | null {
  if (askedFor === accountId) return null;
  const asked = accounts.find(({ id }) => id === askedFor);
  return asked === undefined ? placed.already : placed.apart(asked.owner?.email ?? asked.id);
}
