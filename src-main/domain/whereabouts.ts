import { entryLoss } from './history.ts';
import type { Account, Snapshot } from './snapshot.ts';

/** Latchkey still holds an entry that another program removed or replaced. */
export function hasCopy({ troubles }: Account): boolean {
  return troubles.some((trouble) => 'copy' in trouble && trouble.copy);
}

/** Another program took the entry, and Latchkey holds nothing of it. */
export function isGone(account: Account): boolean {
  return entryLoss(account.history) !== null && !hasCopy(account);
}

/** Whether a credential certainly waits in Latchkey's own folder: while the file cannot be read, nobody can tell. */
export function isKeptAside({ accounts, isFileReadable }: Snapshot): boolean {
  return (
    isFileReadable &&
    accounts.some(({ storedIn, history }) => storedIn === 'rescue' && entryLoss(history) === null)
  );
}
