import type { Credential } from '../domain/credential.ts';
import { credentialDigest } from './credential-trace.ts';
import { isAnother } from './keep-for-others.ts';
import { withLessons, type Lesson } from './lessons.ts';
import type { Places } from './places.ts';
import type { AccountRecord } from './records/account-record.ts';
import { isHidden } from './storage/secret-place.ts';

/** An account of another config file, as far as it is known. */
export interface AccountElsewhere {
  readonly id: string;
  readonly record: AccountRecord;
}

/**
 * The accounts of other config files that have what a credential seemed to take the place of get that credential, as if it
 * had been written there. Not those whose secret a person wants in the keychain alone. To be called in
 * `Vault.exclusively`, which keeps out whoever has those files.
 *
 * @param digest of what they have
 * @param copyOf the credential; asked for where anybody needs it
 * @param adopt what each learns by that
 * @throws FailureError `data-not-writable`
 */
export async function adoptElsewhere(
  digest: string,
  copyOf: () => Promise<Credential | null>,
  adopt: (account: AccountElsewhere, present: Credential) => Lesson,
  places: Places,
): Promise<void> {
  const { accountsFile, rescueFile } = places;
  const real = await places.realPath();
  // There it may be written over, by whoever puts the other one in its place.
  const before = (await places.readFormer()).filter((each) => credentialDigest(each.credential) === digest);
  for (const { path, records } of await accountsFile.sectionsElsewhere(real)) {
    const holders = [...records]
      .filter(([, record]) => record.known?.digest === digest && !isHidden(record))
      .map(([id, record]) => ({ id, record }));
    if (holders.length === 0 || !(await isAnother(path, real))) continue;
    const copy = await copyOf();
    if (copy === null) return;
    // First: who is killed in between has left what is let go when that file is looked at next.
    await rescueFile.keepFormer(path, [...before, { credential: copy, replaces: [] }]);
    const folder = await places.folderNumber();
    const lessons = holders.map((each) => adopt(each, { ...copy, id: each.id }));
    await accountsFile.updateElsewhere(path, (now) => withLessons(now, lessons, folder));
  }
}
