import { DEFAULT_CREDENTIAL_ID } from './credential.ts';
import type { Account } from './snapshot.ts';

/**
 * The id of the account that a request is about: the one that is named, else `default`, also where there is none yet,
 * else the only one there is; `null` where there is a choice.
 *
 * @param named may be empty: an entry without an id is one with that
 */
export function accountMeant(named: string | null, accounts: readonly Pick<Account, 'id'>[]): string | null {
  if (named !== null) return named;
  const [first, ...others] = accounts;
  if (first === undefined || accounts.some(({ id }) => id === DEFAULT_CREDENTIAL_ID)) {
    return DEFAULT_CREDENTIAL_ID;
  }
  return others.length === 0 ? first.id : null;
}
