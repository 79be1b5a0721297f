import type { Account, Snapshot } from '../domain/snapshot.ts';
import type { Storage } from '../domain/storage.ts';
import { seemsToGoOnAs, type Whereabouts } from '../domain/whereabouts.ts';
import type { Words } from './words.ts';

/** Where an account's tokens are kept. */
export function describeStorage(
  { account: { storage }, format }: Words,
  account: Account,
  { surroundings }: Pick<Snapshot, 'surroundings'>,
): string {
  const file = format.path(surroundings.configFile);
  const asWished: Readonly<Record<Storage, string>> = {
    'config-file': file,
    'access-only': storage.accessOnly(file),
    keychain: storage.keychain,
  };
  const { whereabouts, refreshable, storage: kind } = account;
  const goesOnAs = seemsToGoOnAs(account);
  const places: Readonly<Record<Whereabouts, string>> = {
    'config-file': asWished[kind],
    'own-folder': storage.ownFolder,
    memory: storage.memory,
    copy: storage.ownCopy,
    nowhere: goesOnAs === null ? storage.nowhere : storage.goesOnAs(goesOnAs),
    // It may well be in the file. What can be renewed is at hand, wherever its copy is.
    unknown: refreshable ? storage.ownCopyMeanwhile : storage.unknown,
  };
  return places[whereabouts];
}
