import { entryLoss } from '../src-main/domain/history.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import type { Words } from '../src-main/words/words.ts';
import { hasCopy } from './account-actions.ts';

/** Where an account's tokens are kept. */
export function storageWords({ account: { storage } }: Words, account: Account, configFile: string): string {
  if (entryLoss(account.history) !== null) return hasCopy(account) ? storage.ownCopy : storage.nowhere;
  return account.storedIn === 'config-file' ? configFile : storage.ownFolder;
}
