import type { Credential } from '../../domain/credential.ts';
import { FailureError, type StorageObstacle } from '../../domain/failure.ts';
import type { Storage } from '../../domain/storage.ts';
import type { EntryEdit } from '../config/config-file.ts';
import { credentialDigest, isRefreshable } from '../credential-trace.ts';
import type { Places } from '../places.ts';
import type { StoredAccount } from '../stored-accounts.ts';
import { lockFailure } from './lock-failure.ts';
import { hollow, joined } from './joined.ts';

/**
 * Moves what renews an account, in an order in which a crash at any moment leaves it in both places and never in
 * neither. To be called in `Vault.exclusively`.
 *
 * @throws FailureError `not-signed-in`, `storage-not-movable`, `secret-locked`, `keychain-unavailable`,
 *   `data-not-writable`, or what stands in the way of writing the config file; the account's storage is as it was then
 */
export async function moveStorage(
  account: StoredAccount | null,
  id: string,
  storage: Storage,
  places: Places,
): Promise<void> {
  if (account === null) throw new FailureError({ code: 'not-signed-in', id });
  const { lock } = account;
  if (lock !== null) throw new FailureError(lockFailure(lock));
  if (account.storage === storage) {
    await places.configFile.tidy();
    return;
  }
  const credential = movable(account);
  if (account.storage === 'config-file') await intoKeychain(credential, places);
  if (storage === 'config-file') {
    await writeEntry(account, credential, places);
  } else if (account.storage === 'keychain') {
    await writeEntry(account, hollow(credential), places);
  }
  await remember(id, account.storage, storage, places);
  if (storage === 'config-file') {
    await forgetSecret(id, places);
    await places.keepLasting([credential]);
    return;
  }
  await places.configFile.tidy();
  // It is in the keychain by itself now.
  await places.forgetKept([id]);
  await places.inFolder.forget([id]);
  await places.inKeychain.forget([id]).catch(() => undefined);
}

/** @throws FailureError `storage-not-movable` */
function movable({ id, credential, entry, twins, whereabouts }: StoredAccount): Credential {
  const refused = (reason: StorageObstacle) => new FailureError({ code: 'storage-not-movable', id, reason });
  if (credential === null || entry === null || whereabouts !== 'config-file') throw refused('not-in-place');
  if (!isRefreshable(credential)) throw refused('not-ours');
  if (twins.length > 0) throw refused('shared');
  return { ...credential, id };
}

/** @throws FailureError `keychain-unavailable` */
async function intoKeychain(credential: Credential, places: Places): Promise<void> {
  const { secrets, records } = places;
  // What is there already may be another login's.
  await secrets.refresh((await records.readAsFarAsPossible()).records);
  await secrets.write([{ credential, replaces: await places.ancestorsOf(credential) }]);
}

/** Other accounts may have theirs under its id. @throws FailureError `keychain-unavailable` where it may be left */
async function forgetSecret(id: string, { secrets, records }: Places): Promise<void> {
  const knowledge = await records.readAsFarAsPossible();
  const others = new Map(knowledge.records);
  const known = others.get(id)?.known ?? null;
  others.delete(id);
  if (known !== null) await secrets.forgetOf(known, others, knowledge.spent);
}

/** @throws FailureError `storage-not-movable` where another program has put something else there meanwhile */
async function writeEntry(account: StoredAccount, credential: Credential, places: Places): Promise<void> {
  const { id } = account;
  const { records } = await places.records.read();
  const digest = account.credential === null ? null : credentialDigest(account.credential);
  let isWritten = false as boolean;
  await places.rawConfigFile.edit((content): readonly EntryEdit[] => {
    const entry = joined(content, records, places.secrets.held).entries.find(
      (each) => each.credential.id === id && credentialDigest(each.credential) === digest,
    );
    isWritten = entry !== undefined;
    if (entry === undefined) return [];
    return entry.position < 0
      ? [{ kind: 'add', credential }]
      : [{ kind: 'set', position: entry.position, credential }];
  });
  if (!isWritten) throw new FailureError({ code: 'storage-not-movable', id, reason: 'not-in-place' });
}

/** @throws FailureError `data-not-writable`; it is as it was then */
async function remember(id: string, before: Storage, storage: Storage, places: Places): Promise<void> {
  const change = (to: Storage) => places.learn([{ id, change: (record) => ({ ...record, storage: to }) }]);
  await change(storage);
  const { failure } = places.records;
  if (failure === null) return;
  await change(before);
  throw new FailureError(failure);
}
