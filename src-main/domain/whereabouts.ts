import type { Custody } from './custody.ts';
import type { EntryChange } from './entry-change.ts';
import type { Failure } from './failure.ts';

/**
 * Where an account's credential is, said once for every face. `own-folder` and `memory`: it waits there to be written to
 * the config file. `copy` and `nowhere`: another program took its entry away or put another there, and Latchkey holds a
 * copy that can be put back, or none. `unknown`: the config file cannot be read.
 */
export type Whereabouts = 'config-file' | 'own-folder' | 'memory' | 'copy' | 'nowhere' | 'unknown';

export function whereaboutsOf({
  present,
  isKeptDue,
  isKeptOnDisk,
  change,
  loss,
  hasCopy,
  isFileReadable,
}: Pick<Custody, 'present' | 'isKeptDue'> & {
  readonly isKeptOnDisk: boolean;
  readonly change: EntryChange;
  /** What is noted to have befallen the entry. */
  readonly loss: 'removed' | 'replaced' | null;
  readonly hasCopy: boolean;
  readonly isFileReadable: boolean;
}): Whereabouts {
  if (isKeptDue) return isKeptOnDisk ? 'own-folder' : 'memory';
  const isLost = isFileReadable ? change === 'removed' || change === 'replaced' : loss !== null;
  if (isLost) return hasCopy ? 'copy' : 'nowhere';
  if (!isFileReadable) return 'unknown';
  return present === 'entry' ? 'config-file' : 'nowhere';
}

/** Whether it waits to be written to the config file. */
export function isRescued({ whereabouts }: { readonly whereabouts: Whereabouts }): boolean {
  return whereabouts === 'own-folder' || whereabouts === 'memory';
}

/** Whether a credential certainly waits in Latchkey's own folder. */
export function isKeptAside({
  accounts,
}: {
  readonly accounts: readonly { readonly whereabouts: Whereabouts }[];
}): boolean {
  return accounts.some(({ whereabouts }) => whereabouts === 'own-folder');
}

/** Another program took our entry, and whether Latchkey still holds a copy. */
export type LostEntry = Extract<Failure, { readonly copy: boolean }>;

const LOST_ENTRY: Readonly<Record<LostEntry['code'], true>> = {
  'entry-removed': true,
  'entry-replaced': true,
};

export function isLostEntry(failure: Failure): failure is LostEntry {
  return Object.hasOwn(LOST_ENTRY, failure.code);
}

/** The id that a login which is lost under its own seems to go on under; `null` for none. */
export function seemsToGoOnAs({ troubles }: { readonly troubles: readonly Failure[] }): string | null {
  return troubles.find(isLostEntry)?.goesOnAs ?? null;
}
