import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import type { Account } from '../domain/snapshot.ts';
import { idText } from './id-text.ts';

/**
 * The id of the account that a command is about: the one that is named, else `default`, also where there is none yet,
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

/** What is said where there is a choice; the last lines can be copied. */
export function choiceLines(accounts: readonly Pick<Account, 'id'>[]): readonly string[] {
  return [
    '',
    '✗ Which account?',
    `  There are several, and none has the id “${DEFAULT_CREDENTIAL_ID}”. Name one of them:`,
    // So that an id may begin with a hyphen.
    ...accounts.map(({ id }) => `    --account=${idText(id)}`),
  ];
}
