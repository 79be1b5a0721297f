import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import type { Account } from '../domain/snapshot.ts';
import { idText } from './id-text.ts';

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
