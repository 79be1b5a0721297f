import type { Account } from '../domain/snapshot.ts';
import type { Words } from './words.ts';

/**
 * What an account is called where it stands beside others: one person may have several organisations, whose logins have
 * the same address.
 *
 * @param accounts all of them
 */
export function accountName(words: Words, account: Account, accounts: readonly Account[]): string | null {
  const name = plainName(account);
  if (name === null) return null;
  const alike = accounts.filter((each) => each.id !== account.id && plainName(each) === name);
  if (alike.length === 0) return name;
  const organization = account.owner?.organizationName ?? null;
  const isTellingApart =
    organization !== null && alike.every(({ owner }) => owner?.organizationName !== organization);
  return words.conventions.inBrackets(name, isTellingApart ? organization : account.id);
}

/** `null` for the first account, whose id says nothing, while its owner is not known. */
export function plainName({ id, owner }: Pick<Account, 'id' | 'owner'>): string | null {
  return owner?.email ?? owner?.displayName ?? (id === 'default' ? null : id);
}
