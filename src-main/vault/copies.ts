import { freeCredentialId, type Credential } from '../domain/credential.ts';
import { CLIENT_ID } from '../domain/client-id.ts';
import type { Storage } from '../domain/storage.ts';
import { FailureError, isWithoutKeychain } from '../domain/failure.ts';
import { isSpent, type Memory } from '../domain/entry-change.ts';
import { copiesElsewhere } from './copies-elsewhere.ts';
import { credentialDigest, tokenTrace, traceOf } from './credential-trace.ts';
import type { FormerCopies } from './former-copies.ts';
import { Lineage } from './lineage.ts';
import { newestOf, type CredentialPlace, type PlacedCredential } from './place.ts';
import type { Places } from './places.ts';
import type { AccountRecord } from './records/account-record.ts';
import type { KeptCredential } from './records/rescue-file.ts';
import { isHidden } from './storage/secret-place.ts';
import { rememberedOf, spentOf, successorOf, type StoredAccount } from './stored-accounts.ts';

/** A login that nothing is known of, and where what renews it is. */
export interface Orphan {
  readonly credential: Credential;
  readonly storage: Storage;
  /** What is known of it in a file that is gone. */
  readonly record?: AccountRecord | null;
}

/**
 * A login whose id another one has got, under an id of its own. Without a credential where a place that may have it did not
 * answer: then it is sought under that id as any other that is lost.
 */
export interface Displaced {
  readonly id: string;
  readonly credential: Credential | null;
}

/** Finds copies of credentials in the places beside the config file. */
export class Copies {
  readonly #places: Places;
  readonly #former: FormerCopies;
  /** Whether there were no records of the file when this process began; `null` before it has looked. */
  #areOrphansPossible: boolean | null = null;

  constructor(places: Places, former: FormerCopies) {
    this.#places = places;
    this.#former = former;
  }

  /**
   * The copy of an account's last good credential: kept, from memory, or from the keychain, which may have been out of
   * reach when a newer one came; else that of the same login under another id. `null` for none. Never rejects: without a
   * keychain there is no copy.
   */
  async copyOf(
    id: string,
    load: () => Promise<{ readonly accounts: readonly StoredAccount[] }>,
  ): Promise<Credential | null> {
    const known = await this.#places.known();
    const remembered = rememberedOf(id, { ...known, spent: spentOf(known) });
    const isLast = ({ credential }: PlacedCredential) =>
      credentialDigest(credential) === remembered.known?.digest;
    // It may have had another id when it was kept.
    const isIts = (copy: PlacedCredential) =>
      (copy.credential.id === id || isLast(copy)) && isLastKnown(copy, remembered);
    const beside = newestOf(await this.#readAll(this.#places.beside)).filter(isIts);
    // What a locked keychain was left with may have a later end, and be another login's.
    const isSurelyIts = (copy: PlacedCredential) => isLast(copy) && isIts(copy);
    const last = beside.find(isLast) ?? (await this.#former.read()).find(isSurelyIts);
    const copy =
      last ??
      beside[0] ??
      (await this.#places.askedForSecrets()).find(isIts) ??
      (await this.#places.inKeychain.readLeft()).find(isSurelyIts);
    if (copy !== undefined) {
      const credential = { ...copy.credential, id };
      this.#places.inMemory.hold(credential, copy.replaces);
      return credential;
    }
    const { accounts } = await load();
    const account = accounts.find((each) => each.id === id);
    if (account === undefined) return null;
    const lineage = new Lineage({ ...known, spent: remembered.spent });
    return (
      successorOf(account, accounts, lineage) ?? (await this.#copyElsewhere(account, remembered, lineage))
    );
  }

  /** What another config file's entry was renewed to: this one may be that, moved or reached by another way. */
  async #copyElsewhere(
    { id, entry, record }: StoredAccount,
    remembered: Memory,
    lineage: Lineage,
  ): Promise<Credential | null> {
    const token = record?.known?.token ?? tokenTrace(entry?.credential.refreshToken ?? null);
    if (token === null) return null;
    const last = lineage.lastOf(token);
    const copies = await copiesElsewhere(this.#places);
    // One that was renewed very often tells of the latest tokens before it alone.
    const isIts = ({ credential, replaces }: PlacedCredential) =>
      replaces.includes(token) || (last !== token && tokenTrace(credential.refreshToken) === last);
    const copy = copies.find((each) => isIts(each) && !isSpent(traceOf(each.credential), remembered));
    if (copy === undefined) return null;
    const credential = { ...copy.credential, id };
    // That file may live on: what is offered from there takes nothing's place by itself.
    this.#places.inMemory.hold(credential, []);
    return credential;
  }

  async #readAll(places: readonly CredentialPlace[]): Promise<readonly PlacedCredential[]> {
    const read: PlacedCredential[] = [];
    for (const place of places) read.push(...((await place.read()) ?? []));
    return read;
  }

  /**
   * Keeps on disk what of these accounts only this process has: their entries are lost, and what is offered to be put
   * back has to outlive it. Never rejects.
   */
  async keepLost(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = await this.#places.known();
    const remembered = (id: string) => rememberedOf(id, { ...known, spent: spentOf(known) });
    // What is spent by now is of a login that gave way: it is no copy of the one that is lost.
    const isWaiting = (id: string) => {
      const waiting = known.kept.get(id);
      return waiting !== undefined && !isSpent(traceOf(waiting.credential), remembered(id));
    };
    const lasting = this.#places.beside.filter(({ takes, isLasting }) => takes !== 'waiting' && isLasting);
    const read = (await Promise.all(lasting.map((place) => place.read()))).flatMap((each) => each ?? []);
    const isLasting = (copy: Credential) =>
      read.some((each) => each.credential.id === copy.id && isSame(each.credential, copy));
    const copies = (await this.#places.inMemory.read()).filter(
      (copy) =>
        ids.includes(copy.credential.id) &&
        !isWaiting(copy.credential.id) &&
        !isLasting(copy.credential) &&
        isLastKnown(copy, remembered(copy.credential.id)),
    );
    if (copies.length === 0) return;
    for (const place of this.#places.taking('waiting')) {
      await place.keep(copies.map((copy) => ({ ...copy, kind: 'copy' })));
    }
  }

  /**
   * Keeps on disk, under an id of its own, a login whose id belongs to another one by now, and which stands nowhere else.
   *
   * @param digest of the credential
   * @param taken ids that it cannot get
   * @returns `null` where there is no copy, or it is spent. Never rejects
   */
  async keepDisplaced(id: string, digest: string, taken: readonly string[]): Promise<Displaced | null> {
    const { inMemory, secrets } = this.#places;
    const known = await this.#places.known();
    const isIts = ({ credential }: PlacedCredential) => credentialDigest(credential) === digest;
    const former = [...inMemory.formerOf(id), ...(await this.#former.read())];
    const beside = await Promise.all(this.#places.beside.map((place) => place.read()));
    const found = [...former, ...beside.flatMap((each) => each ?? [])];
    // What is nowhere else by the person's wish nobody has asked for since the id became another login's.
    const copy =
      found.find(isIts) ??
      (await this.#places.askedForSecrets()).find(isIts) ??
      (await this.#places.inKeychain.readLeft()).find(isIts);
    if (copy === undefined) {
      const isSilent = this.#places.beside.some(({ isLasting }, at) => isLasting && beside[at] === null);
      const areLocked = secrets.obstacle !== null && !isWithoutKeychain(secrets.obstacle);
      return isSilent || areLocked ? { id: await this.#freeId(taken), credential: null } : null;
    }
    if (spentOf(known).has(tokenTrace(copy.credential.refreshToken) ?? '')) return null;
    // A crash came before it was remembered what that is.
    const apart = [...known.kept.values()].find((each) => each.credential.id !== id && isIts(each));
    const credential = apart?.credential ?? { ...copy.credential, id: await this.#freeId(taken) };
    if (apart === undefined) await this.#keepWaiting({ credential, replaces: copy.replaces });
    return { id: credential.id, credential };
  }

  /**
   * What lies under an id that another login has got waits there no more, once it lies under an id of its own: else what
   * another program gets for the login that is there now would not be taken for its successor. Never rejects.
   *
   * @param digest of the credential
   */
  async letGoOfDisplaced(id: string, digest: string): Promise<void> {
    const { kept } = await this.#places.known();
    // A sign-in of which no account is made yet goes to that id.
    const isIts = ({ kind, credential }: KeptCredential) =>
      kind !== 'signed-in' && credentialDigest(credential) === digest;
    const own = kept.get(id);
    const isApart = [...kept].some(([other, each]) => other !== id && each.isOnDisk && isIts(each));
    if (own !== undefined && isIts(own) && isApart) await this.#places.forgetKept([id]);
  }

  /**
   * Keeps on disk, under an id of its own, what is about to be written over.
   *
   * @param taken ids that it cannot get
   * @returns it under that id
   * @throws FailureError `data-not-writable`: it would be gone with this process
   */
  async keepApart(copy: Credential, taken: readonly string[]): Promise<Credential> {
    const credential = { ...copy, id: await this.#freeId(taken) };
    await this.#keepWaiting({ credential, replaces: [] });
    const { obstacle } = this.#places.kept;
    if (obstacle === null) return credential;
    await this.#places.forgetKept([credential.id]);
    throw new FailureError(obstacle);
  }

  async #freeId(taken: readonly string[]): Promise<string> {
    const { kept, records } = await this.#places.known();
    return freeCredentialId([...taken, ...kept.keys(), ...records.keys()]);
  }

  async #keepWaiting(copy: PlacedCredential): Promise<void> {
    for (const place of this.#places.taking('waiting')) await place.keep([{ ...copy, kind: 'copy' }]);
  }

  /**
   * What outlived our records and the entry, as in the keychain: nobody has signed out who has no records. What the file
   * holds, or is older than that, is left out. Where nobody is known it may be of another file, which is gone. Never
   * rejects.
   *
   * @returns each with where it was; `null` while the keychain has not answered
   */
  async orphans(accounts: readonly StoredAccount[]): Promise<readonly Orphan[] | null> {
    // What a locked keychain has may be asked for later, when there are records again.
    this.#areOrphansPossible ??= await this.#places.records.areNone();
    const isWhole = ({ clientId, refreshToken }: Credential) =>
      refreshToken !== null || clientId !== CLIENT_ID;
    const hollow = accounts.filter(({ entry }) => entry !== null && !isWhole(entry.credential));
    // What was known of them is lost, though there are records of others again.
    const unknown = hollow.filter(({ record }) => record === null).map(({ id }) => id);
    const areAllPossible = this.#areOrphansPossible;
    if (!areAllPossible && unknown.length === 0) return [];
    const places = this.#places.taking('copies').filter(({ isLasting }) => isLasting);
    const read = await Promise.all(places.map((place) => place.read()));
    const secrets = await this.#places.askedForSecrets();
    const all = newestOf([...read.flatMap((each) => each ?? []), ...secrets]);
    const found = all.map((each): PlacedCredential & Pick<Orphan, 'storage'> => {
      const isHollow = hollow.some(({ id }) => id === each.credential.id);
      const storage = isHollow ? 'access-only' : 'keychain';
      return { ...each, storage: secrets.includes(each) ? storage : 'config-file' };
    });
    const { spent } = await this.#places.known();
    const isPresent = (token: string | null) =>
      accounts.some(({ entry }) => tokenTrace(entry?.credential.refreshToken ?? null) === token);
    const orphans = found
      .filter(({ credential, replaces, storage }) => {
        const token = tokenTrace(credential.refreshToken);
        if (token === null || spent.has(token) || isPresent(token)) return false;
        if (!areAllPossible && !unknown.includes(credential.id)) return false;
        // An entry that it was got for is of the past, and found out as such when it is its turn.
        const there = accounts.find(({ id }) => id === credential.id);
        // Where nobody of ours has seen what stands there it may have taken the place of this one.
        const mayFollow = storage === 'config-file' && there?.change === 'new';
        const isTaken = there !== undefined && storage !== 'access-only' && !mayFollow;
        return !replaces.some(isPresent) && !isTaken;
      })
      .map(({ credential, storage }): Orphan => ({ credential, storage }));
    if (areAllPossible && orphans.length === 0 && accounts.length === 0) {
      orphans.push(...(await this.#leftBehind()));
    }
    const { records, inKeychain, secrets: alone } = this.#places;
    const isAnswered = !read.includes(null) && alone.obstacle === null;
    if (isAnswered) this.#areOrphansPossible = false;
    const obstacles = [inKeychain.obstacle, alone.obstacle];
    const isSilent = obstacles.some((each) => each !== null && !isWithoutKeychain(each));
    if (areAllPossible) await records.setOrphansUntold(isSilent);
    return isAnswered || orphans.length > 0 ? orphans : null;
  }

  /** The logins of config files that are gone: the one that nobody is known in may be one of those, moved. */
  async #leftBehind(): Promise<readonly Orphan[]> {
    const elsewhere = await copiesElsewhere(this.#places);
    const tokenOf = ({ credential }: PlacedCredential) => tokenTrace(credential.refreshToken);
    const living = new Set(elsewhere.filter(({ isFileGone }) => !isFileGone).map(tokenOf));
    const left = elsewhere.filter((each) => each.isFileGone && !living.has(tokenOf(each)));
    const orphans: Orphan[] = [];
    for (const { credential, record } of new Map(left.map((each) => [tokenOf(each), each])).values()) {
      // What is in the keychain alone waits there for its file.
      if (credential.refreshToken === null || (record !== null && isHidden(record))) continue;
      const taken = orphans.map((each) => each.credential.id);
      const id = taken.includes(credential.id) ? freeCredentialId(taken) : credential.id;
      orphans.push({ credential: { ...credential, id }, storage: 'config-file', record });
    }
    return orphans;
  }

  /**
   * Keeps on disk what only the keychain has, before that is emptied. What cannot be read there stays there.
   *
   * @returns the ids of what was read there
   * @throws FailureError `data-not-writable`
   */
  async bringHome(accounts: readonly StoredAccount[]): Promise<readonly string[]> {
    const { kept, inKeychain } = this.#places;
    const copies = (await inKeychain.read()) ?? [];
    const ids = copies.map(({ credential }) => credential.id);
    const known = await this.#places.known();
    const spent = spentOf(known);
    const homeless = copies.filter((copy) => {
      const { credential } = copy;
      const account = accounts.find(({ id }) => id === credential.id);
      // Nothing is known of what was signed out.
      if (account === undefined || known.kept.has(credential.id)) return false;
      const isPresent = account.entry !== null && isSame(account.entry.credential, credential);
      return !isPresent && isLastKnown(copy, rememberedOf(credential.id, { ...known, spent }));
    });
    if (homeless.length === 0) return ids;
    await kept.keep(homeless.map(({ credential, replaces }) => ({ credential, replaces, kind: 'renewed' })));
    if (kept.obstacle !== null) throw new FailureError(kept.obstacle);
    return ids;
  }

  /**
   * The copy that outlived other processes, as in the keychain, or is held by this one, where that is newer than
   * `credential`: what a crash, or a disk that nothing could be written to, kept out of every file, or a backup has taken out
   * of all of them. Presenting an older refresh token could end the login.
   */
  async newerCopy(credential: Credential): Promise<Credential | null> {
    const places = this.#places.taking('copies').filter(({ isLasting }) => isLasting);
    // Each time: another process may have renewed it since into the keychain alone.
    const read = await Promise.all(places.map((place) => place.read()));
    const remembered = rememberedOf(credential.id, await this.#places.records.readAsFarAsPossible());
    const token = tokenTrace(credential.refreshToken);
    const copies = [...read.flatMap((each) => each ?? []), ...(await this.#places.inMemory.read())];
    for (const { credential: copy, replaces, isOld } of newestOf(copies)) {
      if (isSpent(traceOf(copy), remembered)) continue;
      if (isSame(copy, credential)) continue;
      const isSuccessor = token !== null && replaces.includes(token);
      const isLater = (copy.accessExpiresAt ?? Infinity) > (credential.accessExpiresAt ?? Infinity);
      if (isSuccessor || (isOld === true && copy.id === credential.id && isLater))
        return { ...copy, id: credential.id };
    }
    return null;
  }
}

function isSame(one: Credential, other: Credential): boolean {
  return credentialDigest(one) === credentialDigest(other);
}

/** Whether a copy is the last one that we know of, and not one that a locked keychain was left with. */
function isLastKnown({ credential: copy, replaces }: PlacedCredential, remembered: Memory): boolean {
  const trace = traceOf(copy);
  if (isSpent(trace, remembered)) return false;
  const { known } = remembered;
  if (known === null || trace.digest === known.digest) return true;
  // What was got for the last one is later, however soon it ends.
  if (known.token !== null && replaces.includes(known.token)) return true;
  return (copy.accessExpiresAt ?? Infinity) >= (known.accessExpiresAt ?? Infinity);
}
