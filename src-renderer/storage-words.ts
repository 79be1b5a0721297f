import { entryLoss } from '../src-main/domain/history.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import type { Words } from '../src-main/words/words.ts';
import { isGone } from './account-actions.ts';

/** Where an account's tokens are kept. */
export function storageWords(
  { account: { storage }, format }: Words,
  account: Account,
  configFile: string,
): string {
  if (isGone(account)) return storage.nowhere;
  if (entryLoss(account.history) !== null) return storage.ownCopy;
  return account.storedIn === 'config-file' ? format.path(configFile) : storage.ownFolder;
}
