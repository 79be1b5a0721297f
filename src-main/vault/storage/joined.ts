import { CLIENT_ID } from '../../domain/client-id.ts';
import type { Credential } from '../../domain/credential.ts';
import type { SpentTokens } from '../../domain/entry-change.ts';
import type { Storage } from '../../domain/storage.ts';
import type { ConfigEntry, ConfigFileContent, EntryEdit } from '../config/config-file.ts';
import { tokenTrace, traceOf } from '../credential-trace.ts';
import type { KeptCopy } from '../keychain/keychain.ts';
import type { AccountRecord } from '../records/accounts-file.ts';
import { hiddenIds, isOutdone, secretOf } from './secret-place.ts';

/** A config file's content with what the keychain holds of it put in: every rule of ours sees whole credentials. */
export interface JoinedContent extends ConfigFileContent {
  /** Accounts whose secret is not at hand, with their entry as it stands in the file, if any. It is not in `entries`. */
  readonly locked: ReadonlyMap<string, ConfigEntry | null>;
  /**
   * Accounts of which only an outdone secret is at hand, with their entry as it stands in the file, if any. In `entries`
   * all the same, where what is kept beside the file may know them by it.
   */
  readonly outdone: ReadonlyMap<string, ConfigEntry | null>;
  /** Refresh tokens that a crash kept from being remembered as spent: the keychain has what each was renewed to. */
  readonly renewed: SpentTokens;
  /** The positions of entries that the keychain holds, or completes. */
  readonly hidden: ReadonlySet<number>;
  /** What the file should say instead, as far as it says more, or something older, than the accounts' storage has it. */
  readonly untidy: readonly EntryEdit[];
}

type Records = ReadonlyMap<string, AccountRecord>;

/** The credential as it stands in the file where the keychain has what renews it. */
export function hollow(credential: Credential): Credential {
  return { ...credential, refreshToken: null };
}

/** Pure: what the file says, what is known, and what is held of the keychain decide. */
export function joined(
  content: ConfigFileContent,
  records: Records,
  held: readonly KeptCopy[],
): JoinedContent {
  const byPosition = new Map(content.entries.map((entry) => [entry.position, entry]));
  const locked = new Map<string, ConfigEntry | null>();
  const outdone = new Map<string, ConfigEntry | null>();
  const renewed = new Map<string, string>();
  const untidy: EntryEdit[] = [];
  const virtual: ConfigEntry[] = [];
  const hidden = new Set<number>();
  const seen = new Set<number>();
  for (const id of hiddenIds(records)) {
    const record = records.get(id);
    if (record?.known == null) continue;
    const copy = secretOf(id, record.known, held);
    const secret = copy?.credential ?? null;
    const own = content.entries.filter(
      (entry) => !seen.has(entry.position) && isOf(entry, id, record, secret),
    );
    for (const { position } of own) seen.add(position);
    const isInKeychain = record.storage === 'keychain';
    if (secret === null) {
      const [first = null] = own;
      // An entry that somebody took out is gone, whatever the keychain has.
      if (first !== null || isInKeychain) locked.set(id, first);
      for (const { position } of own) byPosition.delete(position);
      continue;
    }
    const isPast = copy !== null && isOutdone(copy, record.known);
    if (isPast) outdone.set(id, own[0] ?? null);
    const [before, after] = [record.known.token, tokenTrace(secret.refreshToken)];
    if (!isPast && before !== null && after !== null && after !== before) renewed.set(before, after);
    for (const entry of own) {
      const { credential, position } = entry;
      hidden.add(position);
      byPosition.set(position, { ...entry, credential: { ...secret, id: credential.id } });
      // Nothing newer is to give way to it.
      if (isPast) continue;
      if (isInKeychain) untidy.push({ kind: 'remove', position });
      else if (credential.refreshToken !== null || credential.accessToken !== secret.accessToken)
        untidy.push({ kind: 'set', position, credential: { ...hollow(secret), id: credential.id } });
    }
    if (isInKeychain && own.length === 0) {
      const position = -1 - virtual.length;
      hidden.add(position);
      virtual.push({
        position,
        credential: { ...secret, id },
        expiryText: '',
        expiryReadable: true,
        hasMore: false,
      });
    }
  }
  return {
    ...content,
    entries: [...byPosition.values(), ...virtual],
    ids: [...content.ids, ...virtual.map(({ credential }) => credential.id)],
    locked,
    outdone,
    renewed,
    hidden,
    untidy,
  };
}

/** Whether an entry is the part of a hidden account that stands in the file. */
function isOf(
  { credential }: ConfigEntry,
  id: string,
  { known }: AccountRecord,
  secret: Credential | null,
): boolean {
  if (credential.refreshToken !== null) return credential.refreshToken === secret?.refreshToken;
  const { access } = traceOf(credential);
  if (access === known?.access || credential.accessToken === secret?.accessToken) return true;
  // A crash, or a file that could not be written, left an older access token there.
  const end = (secret ?? known)?.accessExpiresAt ?? Infinity;
  const isOlder = (credential.accessExpiresAt ?? Infinity) <= end;
  return credential.id === id && ['', CLIENT_ID].includes(credential.clientId) && isOlder;
}

/** What edits of whole credentials come to: in the file, and in the keychain. */
export interface SplitEdits {
  readonly file: readonly EntryEdit[];
  readonly secrets: readonly NewSecret[];
}

/** A credential for the keychain; `isRenewal`: it was got for the one that is there. */
export interface NewSecret {
  readonly credential: Credential;
  readonly isRenewal: boolean;
}

export function split(
  edits: readonly EntryEdit[],
  { entries, hidden }: JoinedContent,
  records: Records,
): SplitEdits {
  const storageOf = (id: string): Storage => records.get(id)?.storage ?? 'config-file';
  const storageAt = (position: number): Storage => {
    const { id } = entries.find((each) => each.position === position)?.credential ?? { id: '' };
    const storage = storageOf(id);
    // Another id may hold the same login: what renews it must not come back by that.
    return hidden.has(position) && storage === 'config-file' ? 'access-only' : storage;
  };
  const file: EntryEdit[] = [];
  const secrets: NewSecret[] = [];
  for (const edit of edits) {
    if (!('credential' in edit)) {
      if (edit.kind !== 'remove' || edit.position >= 0) file.push(edit);
      continue;
    }
    const { credential } = edit;
    const storage = edit.kind === 'add' ? storageOf(credential.id) : storageAt(edit.position);
    if (storage === 'config-file' || credential.refreshToken === null) {
      file.push(edit);
      continue;
    }
    secrets.push({ credential, isRenewal: edit.kind === 'set' && edit.isRenewal === true });
    if (storage === 'access-only') file.push({ ...edit, credential: hollow(credential) });
  }
  return { file, secrets };
}
