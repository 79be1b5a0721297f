import { entryLoss } from '../domain/history.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { isGone } from '../domain/whereabouts.ts';
import type { Words } from './words.ts';

/** Where an account's tokens are kept. */
export function describeStorage(
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
