import { entryLoss } from '../src-main/domain/history.ts';
import type { Account, Snapshot } from '../src-main/domain/snapshot.ts';
import type { Words } from '../src-main/words/words.ts';
import { isGone } from './account-actions.ts';

/** Where an account's tokens are kept. */
export function storageWords(
  { account: { storage }, format }: Words,
  account: Account,
  { isFileReadable, surroundings }: Pick<Snapshot, 'isFileReadable' | 'surroundings'>,
): string {
  if (isGone(account)) return storage.nowhere;
  if (entryLoss(account.history) !== null) return storage.ownCopy;
  if (account.storedIn === 'config-file') return format.path(surroundings.configFile);
  if (isFileReadable) return storage.ownFolder;
  // It may well be in the file. What can be renewed is at hand, wherever its copy is.
  return account.refreshable ? storage.ownCopyMeanwhile : storage.unknown;
}

/** Whether a credential certainly waits in Latchkey's own folder: while the file cannot be read, nobody can tell. */
export function isKeptAside({ accounts, isFileReadable }: Snapshot): boolean {
  return (
    isFileReadable &&
    accounts.some(({ storedIn, history }) => storedIn === 'rescue' && entryLoss(history) === null)
  );
}
