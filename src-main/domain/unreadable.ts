import { keepsFromReading } from './config-failure.ts';
import type { Failure } from './failure.ts';
import type { Snapshot } from './snapshot.ts';

/** Whether nobody can tell if somebody is signed in: the file cannot be read, and nothing is known beside it. */
export function isUnknown({
  accounts,
  isFileReadable,
}: Pick<Snapshot, 'accounts' | 'isFileReadable'>): boolean {
  return !isFileReadable && accounts.length === 0;
}

/** Why the config file cannot be read; `null` where it can, or where nothing tells why. */
export function whyUnreadable({
  isFileReadable,
  troubles,
}: Pick<Snapshot, 'isFileReadable' | 'troubles'>): Failure | null {
  if (isFileReadable) return null;
  return troubles.find(keepsFromReading) ?? troubles[0] ?? null;
}
