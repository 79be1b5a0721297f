import type { SignIn } from '../domain/sign-in.ts';
import type { Account } from '../domain/snapshot.ts';
import { accountName } from './account-name.ts';
import type { Words } from './words.ts';

/** What a person should know of a sign-in whose browser was signed in as somebody else than was asked for; else `null`. */
export function describePlacement(
  words: Words,
  { askedFor, place }: SignIn,
  accounts: readonly Account[],
): string | null {
  const { placed } = words.signIn;
  if (place?.surprise === 'already') return placed.already;
  const asked = accounts.find(({ id }) => id === askedFor);
  return place?.surprise === 'apart' && asked !== undefined
    ? placed.apart(accountName(words, asked, accounts) ?? asked.id)
    : null;
}
