import type { Credential } from '../../../src-main/domain/credential.ts';
import type { ConfigEntry, EntryEdit } from '../../../src-main/vault/config/config-file.ts';

type Decide = (content: { readonly entries: readonly ConfigEntry[] }) => readonly EntryEdit[];

/** Puts the credential in the place of the first entry with its id, else at the end. */
export function saving(credential: Credential): Decide {
  return ({ entries }) => {
    const entry = entries.find((each) => each.credential.id === credential.id);
    if (entry === undefined) return [{ kind: 'add', credential }];
    return [{ kind: 'set', position: entry.position, credential }];
  };
}

/** Removes every entry with this id. */
export function removing(id: string): Decide {
  return ({ entries }) =>
    entries.filter((each) => each.credential.id === id).map(({ position }) => ({ kind: 'remove', position }));
}
