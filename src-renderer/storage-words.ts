import { entryLoss } from '../src-main/domain/history.ts';
import type { Account } from '../src-main/domain/snapshot.ts';
import { hasCopy } from './account-actions.ts';

/** Where an account's tokens are kept. */
export function storageWords(account: Account, configFile: string): string {
  if (entryLoss(account.history) !== null) {
    return hasCopy(account)
      ? "Latchkey's own copy, not the config file any more"
      : 'No place that Latchkey knows of';
  }
  return account.storedIn === 'config-file'
    ? configFile
    : "Latchkey's own folder, until the config file can take them";
}
