import { entryLoss, sinceAdopted } from '../domain/history.ts';
import type { Credential } from '../domain/credential.ts';
import type { ConfigEntry } from './config/config-file.ts';
import { credentialDigest } from './credential-trace.ts';
import { forgetTemporary } from './forget-temporary.ts';
import type { FormerCopies } from './former-copies.ts';
import type { Places } from './places.ts';
import { entriesOf } from './placing.ts';
import type { Knowledge } from './records/accounts-file.ts';
import type { JoinedContent } from './storage/joined.ts';
import { hiddenIds } from './storage/secret-place.ts';
import { rememberedOf } from './stored-accounts.ts';

/**
 * Forgets an account: its entry, its secrets, its copies, and what is known of it. Other entries of the same login stay.
 *
 * @returns what its entries held
 * @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape`, `config-not-writable`, `config-locked`:
 *   nothing is forgotten then; `data-not-writable`, `keychain-unavailable` where a copy may be left
 */
export async function forgetAccount(
  id: string,
  places: Places,
  former: FormerCopies,
): Promise<readonly Credential[]> {
  const knowledge = await places.known();
  const { history = [], known = null, tookOver = null } = knowledge.records.get(id) ?? {};
  const isReplaced = entryLoss(history) === 'replaced';
  // While nobody has told whose it is that took our place, neither is it known of what came between: ours is what we renewed.
  const renewals = sinceAdopted(history).filter(({ kind }) => kind === 'refreshed').length;
  const all = known?.past ?? [];
  const past = tookOver === null ? all : all.slice(Math.max(0, all.length - renewals));
  const isOurs = ({ credential }: Pick<ConfigEntry, 'credential'>) => {
    const digest = credentialDigest(credential);
    return credential.id === id && (digest === known?.digest || past.includes(digest));
  };
  const entries = (content: JoinedContent) => {
    // What another program put in its place is not ours to take away; what was renewed elsewhere, or before, is.
    if (isReplaced) return content.entries.filter(isOurs);
    const locked = content.locked.get(id) ?? null;
    return locked === null ? entriesOf(id, content, rememberedOf(id, knowledge)) : [locked];
  };
  let removed: readonly Credential[] = [];
  await places.configFile.edit((content) => {
    const found = entries(content);
    removed = found.map(({ credential }) => credential);
    return found.map(({ position }) => ({ kind: 'remove', position }));
  });
  await places.forget('waiting', [id]);
  await places.learn([{ id, change: () => null }]);
  await former.letGo();
  const ends = await Promise.allSettled([
    places.forget('copies', [id]),
    forgetSecrets(id, knowledge, places),
    places.inKeychain.forgetLeft(isOurs),
    forgetTemporary(id, removed, knowledge, places),
  ]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return removed;
}

/** Under whatever id: not what another account has there, or a Latchkey with another data folder. */
async function forgetSecrets(
  id: string,
  { records, spent }: Knowledge,
  { secrets, inKeychain }: Places,
): Promise<void> {
  const known = records.get(id)?.known ?? null;
  if (known === null) return;
  const others = new Map(records);
  others.delete(id);
  const isHidden = hiddenIds(records).includes(id);
  // Another program may have signed in over a login that had its secret there: missed by nobody where none is.
  if (!isHidden && !inKeychain.isOn) return;
  const forgetting = secrets.refresh(records).then(() => secrets.forgetOf(known, others, spent));
  await (isHidden ? forgetting : forgetting.catch(() => undefined));
}
