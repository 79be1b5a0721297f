import { CLIENT_ID } from '../domain/client-id.ts';
import type { Credential } from '../domain/credential.ts';
import { custodyOf, type Custody, type Remembered } from '../domain/custody.ts';
import {
  isOldByItsEndAlone,
  isSameLogin,
  isSpent,
  spentOnTheWay,
  type EntryChange,
  type KnownCredential,
  type SpentTokens,
} from '../domain/entry-change.ts';
import { entryLoss, loginEnd } from '../domain/history.ts';
import { whereaboutsOf, type Whereabouts } from '../domain/whereabouts.ts';
import type { Storage } from '../domain/storage.ts';
import type { Failure } from '../domain/failure.ts';
import type { ConfigEntry } from './config/config-file.ts';
import type { JoinedContent } from './storage/joined.ts';
import { credentialDigest, tokenTrace, traceOf } from './credential-trace.ts';
import { Lineage } from './lineage.ts';
import type { MemoryPlace } from './memory-place.ts';
import type { PlacedCredential } from './place.ts';
import type { AccountRecord, Knowledge } from './records/accounts-file.ts';
import type { FoundKept, FoundKepts } from './kept-place.ts';
import type { KeptCredential } from './records/rescue-file.ts';

/** One account as it is stored. */
export interface StoredAccount {
  readonly id: string;
  /** The credential in use; `null` where the file lost it and no copy is at hand. */
  readonly credential: Credential | null;
  readonly whereabouts: Whereabouts;
  /** The entry in `config.yaml`, whatever program wrote it; `null` for none, or while the file cannot be read. */
  readonly entry: ConfigEntry | null;
  /** What the entry holds is of the past, and nobody's login any more. */
  readonly isSpent: boolean;
  /** Nothing but the end that is written there keeps what the entry holds from being taken for a successor of ours. */
  readonly isEndDoubtful: boolean;
  /** What other programs did to the entry, as far as it differs from what we remember. */
  readonly change: EntryChange;
  /** The ids of the other entries that hold the same login. */
  readonly twins: readonly string[];
  /** The first of them all, where the others hold the very same and can be taken out without any loss. */
  readonly twinToKeep: string | null;
  /** The digests of other entries that have this id, and another login. */
  readonly beside: readonly string[];
  /** `null` for a credential that another program wrote and nobody of ours has seen. */
  readonly record: AccountRecord | null;
  /** Where there is none: what is known of this very credential in another config file, which may be this one, moved. */
  readonly recordElsewhere: AccountRecord | null;
  /** A copy of the account's last good credential is at hand. */
  readonly hasCopy: boolean;
  /** That copy, as far as it is held under this id: what would be put back. */
  readonly copy: Credential | null;
  /** What waited for the file is in there, and has not been forgotten. */
  readonly isKeptNeedless: boolean;
  /** Where its secrets lie. */
  readonly storage: Storage;
  /**
   * Why what renews it is not at hand, where the keychain has that and nobody else; `pending`: nobody has asked it yet.
   * `null`: it is.
   */
  readonly lock: Lock | null;
}

export type Lock = Failure | 'pending';

/** What was read at one look. */
export interface Stage extends Knowledge, FoundKepts {
  /** `null` where nobody can tell what it holds. */
  readonly file: Pick<JoinedContent, 'entries' | 'locked' | 'outdone' | 'renewed' | 'hidden'> | null;
}

/**
 * Every account that the places know, in the config file's order, those that are not in it last.
 *
 * @param lockOf why the keychain has not given out an account's secret
 */
export function accountsOf(
  stage: Stage,
  inMemory: MemoryPlace,
  lockOf: (id: string) => Lock,
): readonly StoredAccount[] {
  const entries = Map.groupBy(stage.file?.entries ?? [], ({ credential }) => credential.id);
  const ids = new Set([...entries.keys(), ...stage.kept.keys()]);
  for (const [id, record] of stage.records) if (record.known !== null) ids.add(id);
  const spent = new Map([...inMemory.renewed, ...spentOf(stage), ...(stage.file?.renewed ?? [])]);
  const own = [...ids].map((id) => {
    const own = entries.get(id) ?? [];
    // What is kept beside the file may be the successor that the keychain did not take.
    const isWaiting = keptFor(id, own, stage) !== null;
    const entry = stage.file?.locked.get(id) ?? (isWaiting ? undefined : stage.file?.outdone.get(id));
    const isLocked = entry !== undefined || stage.file?.locked.has(id) === true;
    return isLocked
      ? lockedAccount(id, entry ?? null, lockOf(id), stage)
      : accountOf(id, own, { ...stage, spent }, inMemory);
  });
  const byToken = Map.groupBy(
    own.filter(({ entry }) => entry?.credential.refreshToken != null),
    ({ entry }) => entry?.credential.refreshToken,
  );
  const areNowhere = own.some(({ whereabouts }) => whereabouts === 'nowhere');
  const lineage = areNowhere ? new Lineage({ ...stage, spent }) : null;
  return own.map((account): StoredAccount => {
    const same = account.entry?.credential.refreshToken ?? null;
    const twins = same === null ? [] : (byToken.get(same) ?? []).filter(({ id }) => id !== account.id);
    const twinToKeep = keepable(twins.length === 0 ? [] : [account, ...twins]);
    const named = { ...account, twins: twins.map(({ id }) => id), twinToKeep };
    const isNowhere = account.whereabouts === 'nowhere';
    const isLost = isNowhere && lineage !== null && successorOf(account, own, lineage) !== null;
    return isLost ? { ...named, hasCopy: true, whereabouts: 'copy' } : named;
  });
}

/**
 * Which of accounts with one login can be kept for all: the file's first, since that is whose token other programs take
 * for a key. None where they differ in anything that counts, or anything of theirs is elsewhere than in the file.
 */
function keepable(twins: readonly StoredAccount[]): string | null {
  const [first] = twins.toSorted((one, other) => (one.entry?.position ?? 0) - (other.entry?.position ?? 0));
  const digest = first?.entry == null ? null : credentialDigest(first.entry.credential);
  const isSame = ({ entry, storage, whereabouts, change, beside, record }: StoredAccount) =>
    entry !== null &&
    (entry === first?.entry || !entry.hasMore) &&
    credentialDigest(entry.credential) === digest &&
    entry.credential.clientId === first?.entry?.credential.clientId &&
    storage === 'config-file' &&
    whereabouts === 'config-file' &&
    change === 'same' &&
    beside.length === 0 &&
    // Another login may be waiting to be told apart from it.
    record?.tookOver == null;
  return first !== undefined && twins.every(isSame) ? first.id : null;
}

/** What nobody can see has not changed. */
function lockedAccount(id: string, entry: ConfigEntry | null, lock: Lock, { records }: Stage): StoredAccount {
  const record = records.get(id) ?? null;
  return {
    id,
    credential: entry?.credential ?? null,
    whereabouts: 'config-file',
    entry: null,
    isSpent: false,
    isEndDoubtful: false,
    change: 'same',
    twins: [],
    twinToKeep: null,
    beside: record?.beside ?? [],
    record,
    recordElsewhere: null,
    hasCopy: false,
    copy: null,
    isKeptNeedless: false,
    storage: record?.storage ?? 'config-file',
    lock,
  };
}

function accountOf(
  id: string,
  entries: readonly ConfigEntry[],
  stage: Stage,
  inMemory: MemoryPlace,
): StoredAccount {
  const remembered = rememberedOf(id, stage);
  const copy = copyInMemory(id, entries, remembered, inMemory);
  const kept = keptFor(id, entries, stage);
  const custody = custodyOf(
    {
      entries: stage.file === null ? null : entries.map(({ credential }) => traceOf(credential)),
      kept: kept === null ? null : keptTrace(kept),
      copy: copy === null ? null : traceOf(copy),
    },
    remembered,
  );
  const entry = custody.entry === null ? null : (entries[custody.entry] ?? null);
  const hasCopy = custody.putBack !== null;
  const record = stage.records.get(id) ?? null;
  const storage = record?.storage ?? 'config-file';
  return {
    id,
    credential: asOurs(presentOf(custody, entry, kept, copy), remembered),
    whereabouts: whereaboutsOf({
      ...custody,
      isKeptOnDisk: kept?.isOnDisk ?? false,
      loss: entryLoss(stage.records.get(id)?.history ?? []),
      hasCopy,
      isFileReadable: stage.file !== null,
    }),
    entry,
    isSpent: entry !== null && isSpent(traceOf(entry.credential), remembered),
    isEndDoubtful:
      entry !== null &&
      (kept === null || kept.kind === 'copy') &&
      isOldByItsEndAlone(remembered, traceOf(entry.credential)),
    change: custody.change,
    twins: [],
    twinToKeep: null,
    beside: custody.beside,
    record,
    recordElsewhere: record?.known == null && entry !== null ? recordElsewhere(entry, stage) : null,
    hasCopy,
    copy: custody.putBack === 'kept' ? (kept?.credential ?? null) : custody.putBack === 'copy' ? copy : null,
    isKeptNeedless: isInPlace(stage.kept.get(id), entry),
    // Another program's entry is whole, whatever ours was.
    storage: entry !== null && stage.file?.hidden.has(entry.position) !== true ? 'config-file' : storage,
    lock: null,
  };
}

function isInPlace(kept: FoundKept | undefined, entry: ConfigEntry | null): boolean {
  if (kept === undefined || kept.kind === 'copy' || entry === null) return false;
  return credentialDigest(kept.credential) === credentialDigest(entry.credential);
}

function recordElsewhere({ credential }: ConfigEntry, { recordsElsewhere }: Stage): AccountRecord | null {
  const digest = credentialDigest(credential);
  return recordsElsewhere.find(({ known }) => known?.digest === digest) ?? null;
}

/** What the entry says while it is the one we know; else what was held before, unless that is spent by now. */
function copyInMemory(
  id: string,
  entries: readonly ConfigEntry[],
  remembered: Remembered,
  inMemory: MemoryPlace,
): Credential | null {
  const { known } = remembered;
  // Where nothing is known what is held may well be newer than the file.
  const good = entries.find(({ credential }) =>
    known === null
      ? inMemory.copyOf(id) === null
      : known.digest === credentialDigest(credential) && !isSpent(traceOf(credential), remembered),
  );
  if (good !== undefined) inMemory.hold(good.credential);
  const copy = inMemory.copyOf(id);
  // Another Latchkey has put one in its place since: its refresh token is spent, or it is another login altogether.
  if (copy === null || isSpent(traceOf(copy.credential), remembered)) return null;
  return known === null || isOfIts(copy, known) || isRenewalOf(copy, known, remembered.spent)
    ? copy.credential
    : null;
}

/** Whether what is known was renewed to a copy, also where that does not tell what it was got for. */
function isRenewalOf(
  { credential }: PlacedCredential,
  { token }: KnownCredential,
  spent: SpentTokens,
): boolean {
  const last = tokenTrace(credential.refreshToken);
  return token !== null && last !== null && spentOnTheWay(token, last, spent).length > 0;
}

/** Whether a copy is the credential that is known of an id, or was got for it. */
export function isOfIts({ credential, replaces }: PlacedCredential, known: KnownCredential): boolean {
  const isSuccessor = known.token !== null && replaces.includes(known.token);
  return isSuccessor || isSameLogin(traceOf(credential), known);
}

/**
 * What is kept for an account: under its id, or for a refresh token that its entry holds, whatever the id or file was. A
 * login that is lost under an id of its own comes in nobody's place by itself: ours would be gone, and nobody told. Nor
 * does one that is lost in another file: only there it is offered, and somebody may have signed out of it here.
 */
function keptFor(
  id: string,
  entries: readonly ConfigEntry[],
  { kept, elsewhere, records }: Pick<Stage, 'kept' | 'elsewhere' | 'records'>,
): FoundKept | null {
  const own = kept.get(id);
  if (own !== undefined) return own;
  const tokens = new Set(entries.map(({ credential }) => tokenTrace(credential.refreshToken)));
  const known = records.get(id)?.known ?? null;
  const due = [...kept.values(), ...elsewhere.filter(({ kind }) => kind !== 'copy')];
  // Of one login more may wait, each for a file of its own: only the last of them lives.
  const isOutdone = ({ credential }: PlacedCredential) => {
    const token = tokenTrace(credential.refreshToken);
    return token !== null && due.some(({ replaces }) => replaces.includes(token));
  };
  const successor = due.find(
    (each) =>
      each.replaces.some((token) => tokens.has(token)) &&
      !isOutdone(each) &&
      (each.kind !== 'copy' || known === null || isOfIts(each, known)),
  );
  return successor === undefined
    ? null
    : { ...successor, kind: 'renewed', credential: { ...successor.credential, id } };
}

/** What we remember of an account, as the rules of `domain/` take it. */
export function rememberedOf(id: string, { records, spent }: Knowledge): Remembered {
  const record = records.get(id);
  const { known = null, accessIssuedAt = null, beside = [] } = record ?? {};
  return { known, accessIssuedAt, beside, spent, isOver: record !== undefined && isOverForGood(record) };
}

/**
 * The service has refused it, and nobody can come to doubt that: where it is not known who gave it, the host that said so
 * may have been set by mistake (`login/accounts/doubtful-refusal.ts`).
 */
function isOverForGood({ history, issuedBy, refusedBy }: AccountRecord): boolean {
  return loginEnd(history) === 'refused' && (issuedBy !== null || refusedBy === null);
}

/** With what kept credentials tell: a crash may have come before that was remembered. */
export function spentOf({
  spent,
  kept,
  elsewhere,
}: Pick<Stage, 'spent' | 'kept' | 'elsewhere'>): SpentTokens {
  const all = new Map(spent);
  for (const { credential, replaces } of [...kept.values(), ...elsewhere]) {
    const by = tokenTrace(credential.refreshToken);
    for (const token of replaces) if (by !== null && by !== token) all.set(token, by);
  }
  return all;
}

export function keptTrace({ credential, kind, replaces }: KeptCredential) {
  return { ...traceOf(credential), kind, replaces };
}

/** Some programs leave the client out, or write it otherwise, when they write our entry again. */
function asOurs(credential: Credential | null, { known }: Remembered): Credential | null {
  if (credential === null || known?.token == null) return credential;
  const isKnown = tokenTrace(credential.refreshToken) === known.token;
  const isOursWritten = ['', CLIENT_ID].includes(credential.clientId.toLowerCase());
  return isKnown && isOursWritten ? { ...credential, clientId: CLIENT_ID } : credential;
}

/** What of an account is its own: not what another program has put in the place of ours, whatever login that is. */
export function ownCredential({ credential, change, record, copy }: StoredAccount): Credential | null {
  if (change !== 'replaced' || record?.known == null) return credential;
  const token = tokenTrace(credential?.refreshToken ?? null);
  // As long as nobody has told whose the one is that took its place, the one before that may be ours still.
  const isUntold = !record.isOwnerSure && token !== null && record.tookOver?.token === token;
  return isUntold ? credential : copy;
}

function presentOf(
  { present }: Custody,
  entry: ConfigEntry | null,
  kept: KeptCredential | null,
  copy: Credential | null,
): Credential | null {
  if (present === 'entry') return entry?.credential ?? null;
  if (present === 'kept') return kept?.credential ?? null;
  return present === 'copy' ? copy : null;
}

/** The same login under another id, where that was renewed and this entry was not. */
export function successorOf(
  { id, record }: StoredAccount,
  accounts: readonly StoredAccount[],
  lineage: Lineage,
): Credential | null {
  const token = record?.known?.token ?? null;
  const last = token === null ? null : lineage.lastOf(token);
  if (last === token) return null;
  const holder = accounts.find(({ credential }) => tokenTrace(credential?.refreshToken ?? null) === last);
  // Of what another program has put there nobody has told yet whose it is.
  if (holder?.credential == null || holder.record?.isOwnerSure === false) return null;
  return { ...holder.credential, id };
}
