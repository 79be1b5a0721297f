import { entryLoss } from '../domain/history.ts';
import type { FormerCopies } from './former-copies.ts';
import type { Places } from './places.ts';
import { entriesOf } from './placing.ts';
import { hiddenIds, type JoinedContent } from './storage/joined.ts';
import { rememberedOf } from './stored-accounts.ts';

/**
 * Forgets an account: its entry, its secrets, its copies, and what is known of it. Other entries of the same login stay.
 *
 * @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape`, `config-not-writable`, `config-locked`:
 *   nothing is forgotten then; `data-not-writable`, `keychain-unavailable` where a copy may be left
 */
export async function forgetAccount(id: string, places: Places, former: FormerCopies): Promise<void> {
  const knowledge = await places.records.readAsFarAsPossible();
  // What another program put in its place is not ours to take away.
  const isOthers = entryLoss(knowledge.records.get(id)?.history ?? []) === 'replaced';
  const entries = (content: JoinedContent) => {
    if (isOthers) return [];
    const locked = content.locked.get(id) ?? null;
    return locked === null ? entriesOf(id, content, rememberedOf(id, knowledge)) : [locked];
  };
  await places.configFile.edit((content) =>
    entries(content).map(({ position }) => ({ kind: 'remove', position })),
  );
  await places.forget('waiting', [id]);
  await former.forget([id]);
  await places.learn([{ id, change: () => null }]);
  const isHidden = hiddenIds(knowledge.records).includes(id);
  const ends = await Promise.allSettled([
    places.forget('copies', [id]),
    ...(isHidden ? [places.secrets.forget([id])] : []),
  ]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
