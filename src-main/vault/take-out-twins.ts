import { credentialDigest } from './credential-trace.ts';
import type { ConfigEntry } from './config/config-file.ts';
import type { Places } from './places.ts';
import type { StoredAccount } from './stored-accounts.ts';

/**
 * Takes the entries out that hold the very same as this account's, under other ids, and forgets those. What the file
 * holds at the moment of writing decides: an entry that is not the very same any more may be the only one that lives.
 *
 * @throws FailureError as an edit does; nothing is taken out then
 */
export async function takeOutTwins(account: StoredAccount, places: Places): Promise<void> {
  const { id, entry, twins, twinToKeep } = account;
  if (twinToKeep !== id || entry === null) return;
  const digest = credentialDigest(entry.credential);
  const isSame = ({ credential }: Pick<ConfigEntry, 'credential'>) => credentialDigest(credential) === digest;
  const isTheVerySame = (each: ConfigEntry) => isSame(each) && !each.hasMore;
  let gone: readonly string[] = [];
  await places.configFile.edit((content) => {
    const isKept = content.entries.some((each) => each.credential.id === id && isSame(each));
    const out = content.entries.filter((each) => twins.includes(each.credential.id) && isTheVerySame(each));
    const isOnly = (twin: string) =>
      content.entries.every((each) => each.credential.id !== twin || isTheVerySame(each));
    const removable = isKept ? out.filter(({ credential }) => isOnly(credential.id)) : [];
    gone = [...new Set(removable.map(({ credential }) => credential.id))];
    return removable.map(({ position }) => ({ kind: 'remove', position }));
  });
  const { kept } = await places.known();
  await places.forgetKept(gone.filter((each) => isSameKept(kept.get(each))));
  await places.learn(gone.map((each) => ({ id: each, change: () => null })));
  // They are the kept one's, too, and go by its id there.
  await places.forget('copies', gone).catch(() => undefined);

  function isSameKept(each: Pick<ConfigEntry, 'credential'> | undefined): boolean {
    return each !== undefined && isSame(each);
  }
}
