import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Credential } from '../domain/credential.ts';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import type { ClaudeCodePlaces } from './claude-codes.ts';
import { ConfigFile, type EditOutcome } from './config/config-file.ts';
import { credentialDigest } from './credential-trace.ts';
import { existing, resolveLinks } from './files/atomic-write.ts';
import { FolderPlace } from './folder-place.ts';
import { Lineage } from './lineage.ts';
import { keptOf } from './kept-unwritten.ts';
import { KeptPlace, type FoundKepts } from './kept-place.ts';
import { KeychainPlace } from './keychain-place.ts';
import { idsOfLast } from './last-copies.ts';
import type { Copy, Keychain } from './keychain/keychain.ts';
import type { Passwords } from './keychain/passwords.ts';
import { withLessons, type Lesson } from './lessons.ts';
import { MemoryPlace } from './memory-place.ts';
import type { CredentialPlace, PlacedCredential } from './place.ts';
import { AccountsFile, type Knowledge } from './records/accounts-file.ts';
import { CopiesFile } from './records/copies-file.ts';
import { MountsFile } from './records/mounts-file.ts';
import { Records } from './records/records.ts';
import { RescueFile, type KeptCredential } from './records/rescue-file.ts';
import { JoinedFile, type DecideJoined, type PreparedJoinedEdit } from './storage/joined-file.ts';
import { hiddenIds, isOutdone, SecretPlace, secretOf } from './storage/secret-place.ts';

export interface PlacesOptions extends ClaudeCodePlaces {
  readonly configFile: string;
  readonly dataDir: string;
  /** `null`: none here. */
  readonly keychain: Keychain | null;
  /** The same under another config file's name. */
  readonly keychainAt?: (configFile: string) => Keychain;
  /** The same for what is nowhere else; none when left out. */
  readonly secrets?: Keychain;
  /** The keychain for API keys, each under its config file's path; none when left out. */
  readonly apiKeys?: Passwords;
  /** The same under another config file's name. */
  readonly secretsAt?: (configFile: string) => Keychain;
  /** How long a file that may be half written has to rest before it counts, in milliseconds. */
  readonly settleMs?: number;
}

/** Every place where a credential of one config file can lie, and what is known of them. */
export class Places {
  readonly dataDir: string;
  /** The config file's path as we are told it, links not followed. */
  readonly name: string;
  readonly accountsFile: AccountsFile;
  readonly rescueFile: RescueFile;
  readonly records: Records;
  readonly kept: KeptPlace;
  readonly inMemory = new MemoryPlace();
  readonly inKeychain: KeychainPlace;
  readonly inFolder: FolderPlace;
  readonly copiesFile: CopiesFile;
  readonly secrets: SecretPlace;
  /** Where a credential can lie beside the config file, in the order in which a copy is looked for. */
  readonly beside: readonly CredentialPlace[];
  readonly #mounts: MountsFile;
  readonly #settleMs: number | undefined;
  readonly #files = new Map<string, { readonly raw: ConfigFile; readonly joined: JoinedFile }>();
  #pinned: string | null = null;
  /** Why the last credential did not get into the config file. */
  #saveFailure: Failure | null = null;

  constructor(options: PlacesOptions) {
    const { configFile, dataDir, keychain, keychainAt, secrets, secretsAt, settleMs } = options;
    this.name = configFile;
    this.#settleMs = settleMs;
    this.dataDir = dataDir;
    // What is known belongs to one config file, as that really is: two of them must never meet.
    const realPath = () => this.realPath();
    this.#mounts = new MountsFile(dataDir);
    this.accountsFile = new AccountsFile(dataDir, this.name);
    this.records = new Records(this.accountsFile, realPath);
    this.rescueFile = new RescueFile(dataDir);
    this.kept = new KeptPlace(this.rescueFile, realPath);
    const isOurs = async ({ credential }: Copy) => {
      const { records } = await this.records.readAsFarAsPossible();
      const digest = credentialDigest(credential);
      return [...records.values()].some(({ known }) => known?.digest === digest);
    };
    this.inKeychain = new KeychainPlace(keychain, (path) => keychainAt?.(path) ?? null, isOurs);
    this.secrets = new SecretPlace(secrets ?? null, (path) => secretsAt?.(path) ?? null);
    this.copiesFile = new CopiesFile(dataDir);
    const { inKeychain } = this;
    this.inFolder = new FolderPlace(
      this.copiesFile,
      realPath,
      () => !inKeychain.isOn || inKeychain.obstacle !== null,
    );
    this.beside = [this.kept, this.inMemory, this.secrets, this.inKeychain, this.inFolder];
  }

  /** Those beside the config file that take either what waits, or copies. */
  taking(takes: CredentialPlace['takes']): readonly CredentialPlace[] {
    return this.beside.filter((place) => place.takes === takes);
  }

  /** Whether copies of the last credentials are somewhere that outlives this process. */
  get areCopiesLasting(): boolean {
    return this.taking('copies').some(({ isLasting, obstacle }) => isLasting && obstacle === null);
  }

  /** Whether what was learnt last is on disk, and copied. */
  get isRemembering(): boolean {
    return this.records.failure === null && this.areCopiesLasting;
  }

  /** The file as it really is, through links. */
  async realPath(): Promise<string> {
    return this.#pinned ?? (await resolveLinks(this.name).catch(() => this.name));
  }

  /** Our own folder, as `AccountRecord.learntIn`; `null` where there is none. */
  async folderNumber(): Promise<string | null> {
    const found = await stat(this.dataDir, { bigint: true }).catch(() => null);
    return found === null ? null : String(found.ino);
  }

  /** The config file: while it is pinned the one that the path led to at first. */
  get configFile(): JoinedFile {
    return this.#file.joined;
  }

  /** The same without what the keychain holds of it. */
  get rawConfigFile(): ConfigFile {
    return this.#file.raw;
  }

  get #file() {
    const path = this.#pinned ?? this.name;
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const settling = this.#settleMs === undefined ? {} : { settleMs: this.#settleMs };
    const raw = new ConfigFile(path, {
      journalFolder: this.dataDir,
      keepUnwritten: async (unwritten) => {
        const certainty = { isOfFile: true, isLater: true };
        await this.keepUnwritten(keptOf(unwritten, await this.known(), certainty));
      },
      rootAtFirst: (mount) => this.#mounts.rootAtFirst(mount),
      ...settling,
    });
    const records = async () => (await this.records.readAsFarAsPossible()).records;
    const file = { raw, joined: new JoinedFile(raw, this.secrets, records) };
    this.#files.set(path, file);
    return file;
  }

  /**
   * Asks the keychain for what is nowhere else. Never rejects.
   *
   * @param isFresh also where all is at hand: another process may have put something newer there, and crashed since
   */
  async seeSecrets(isFresh: boolean): Promise<void> {
    const { records } = await this.records.readAsFarAsPossible();
    const isAtHand = (id: string) => {
      const known = records.get(id)?.known ?? null;
      const secret = known === null ? null : secretOf(id, known, this.secrets.held);
      return known === null || (secret !== null && !isOutdone(secret, known));
    };
    const ids = hiddenIds(records);
    // What is at hand can be used, and not renewed, while the keychain would not take what comes for it.
    const isClosed = this.secrets.obstacle !== null;
    if (ids.length > 0 && (isFresh || isClosed || !ids.every(isAtHand))) await this.secrets.look(records);
  }

  /** Whether anything that moved with its config file is at hand, and goes by the former one in the keychain still. */
  hasSecretsToBring(records: Knowledge['records']): boolean {
    return [...records].some(
      ([id, { known, movedFrom }]) =>
        movedFrom !== null && known !== null && secretOf(id, known, this.secrets.held) !== null,
    );
  }

  /** What has moved with its config file goes by that in the keychain as well. Never rejects: it is tried again. */
  async settleSecrets(): Promise<void> {
    const { records, spent } = await this.records.readAsFarAsPossible();
    if ([...records.values()].every(({ movedFrom }) => movedFrom === null)) return;
    if (this.secrets.obstacle !== null) return;
    const done = await this.secrets.bringHere(records, spent).catch(() => []);
    await this.learn(done.map((id) => ({ id, change: (record) => ({ ...record, movedFrom: null }) })));
  }

  /**
   * What the keychain holds that is nowhere else, also where no account is known to have anything there: records may be of
   * the past. It may show a person its dialogue, so that everything else comes first. Never rejects.
   */
  async askedForSecrets(): Promise<readonly PlacedCredential[]> {
    await this.secrets.look((await this.records.readAsFarAsPossible()).records);
    return this.secrets.held;
  }

  /**
   * What a transaction begins with one file it ends with that one, wherever links lead by then; where there is no folder
   * for it they may still come to lead there.
   */
  async pinned<T>(realPath: string, work: () => Promise<T>): Promise<T> {
    this.#pinned = (await existing(stat(dirname(realPath))).catch(() => null)) === null ? null : realPath;
    try {
      return await work();
    } finally {
      this.#pinned = null;
    }
  }

  get saveFailure(): Failure | null {
    return this.#saveFailure;
  }

  /** What we remember, and what is kept beside the config file. Never rejects. */
  async known(tell: (failure: Failure) => void = () => undefined): Promise<Known> {
    const [knowledge, kept] = await Promise.all([
      this.records.readAsFarAsPossible(tell),
      this.kept.find(tell),
    ]);
    return { ...knowledge, ...kept };
  }

  /** As `Records.inherit`, and what was kept with it. */
  async inherit(isOurs: (knowledge: Knowledge) => boolean): Promise<boolean> {
    const hasInherited = await this.records.inherit(isOurs);
    this.kept.isHeir = this.records.isHeir;
    return hasInherited;
  }

  /** Whether what was stored beside the config file cannot be read, and never could by this process. */
  get isBlind(): boolean {
    return this.records.isBlind || this.kept.isBlind;
  }

  /** Edits the config file, into the room that was prepared for it where there is one. Never rejects. */
  async edit(decide: DecideJoined, prepared: PreparedJoinedEdit | null = null): Promise<Edited> {
    try {
      const { madePrivateFrom } = await (prepared === null
        ? this.configFile.edit(decide)
        : prepared.commit(decide));
      this.#saveFailure = null;
      return { failure: null, madePrivateFrom };
    } catch (error) {
      this.#saveFailure = failureOf(error);
      return { failure: this.#saveFailure, madePrivateFrom: null };
    }
  }

  /** What a crash kept out of the config file waits to be written. @throws FailureError `data-not-writable` */
  async keepUnwritten(unwritten: readonly KeptCredential[]): Promise<void> {
    if (unwritten.length === 0) return;
    await this.kept.keep(unwritten);
    if (this.kept.obstacle !== null) throw new FailureError(this.kept.obstacle);
  }

  /** In every such place, also where one of them fails. @throws FailureError where some may be left */
  async forget(takes: CredentialPlace['takes'], ids: readonly string[]): Promise<void> {
    const ends = await Promise.allSettled(
      this.taking(takes).map(async (place) => {
        const last = place.takes === 'copies' && place.isLasting ? await this.#idsOfLast(place) : null;
        await place.forget(ids.filter((id) => last?.has(id) !== true));
      }),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** What is left there is older than the entry, and known to be. */
  async forgetKept(ids: readonly string[]): Promise<void> {
    await this.forget('waiting', ids).catch(() => undefined);
  }

  /**
   * Remembers what one look taught, in one write, and keeps copies of what is present. Never rejects.
   *
   * @param areFound what is present was found in a file; else it came from the service or was kept by us
   */
  async learn(lessons: readonly Lesson[], areFound = true): Promise<void> {
    if (lessons.length === 0) return;
    const folder = await this.folderNumber();
    let learntOver: Knowledge | undefined;
    await this.records.update((now) => withLessons(now, lessons, folder, (learntOver ??= now)));
    const knowledge = await this.records.readAsFarAsPossible();
    const hidden = new Set(hiddenIds(knowledge.records));
    const lineage = new Lineage(knowledge);
    const copies = (each: readonly Lesson[]) =>
      each.flatMap(({ present, spends }) => (present === undefined ? [] : lineage.copyOf(present, spends)));
    for (const place of this.taking('copies')) {
      // What is in the keychain by itself needs no copy there.
      const ours = place.isLasting
        ? lessons.filter(({ id, isUnsure = false }) => !isUnsure && !hidden.has(id))
        : lessons;
      await this.#keepCopies(copies(ours), place, areFound);
    }
  }

  async #keepCopies(
    copies: readonly KeptCredential[],
    place: CredentialPlace,
    areFound = true,
  ): Promise<void> {
    if (copies.length === 0) return;
    const last = place.isLasting ? await this.#idsOfLast(place) : new Set<string>();
    if (last === null) return;
    await place.keep(
      copies.filter(({ credential }) => !last.has(credential.id)),
      areFound,
    );
  }

  /** Whether a copy under an id may be kept in a place: not over the last one of another login. Never rejects. */
  async isFree(id: string, place: CredentialPlace): Promise<boolean> {
    return (await this.#idsOfLast(place))?.has(id) === false;
  }

  async #idsOfLast(place: CredentialPlace): Promise<ReadonlySet<string> | null> {
    const [{ records, kept }, former] = await Promise.all([this.known(), this.readFormer()]);
    const onDisk = [...kept.values()].filter(({ isOnDisk }) => isOnDisk);
    return idsOfLast(place, records, [...onDisk, ...former, ...this.secrets.held]);
  }

  /** What other programs' sign-ins took the place of; none where it cannot be read (`former-copies.ts`). */
  async readFormer(): Promise<readonly PlacedCredential[]> {
    return this.rescueFile.readFormer(await this.realPath()).catch(() => []);
  }

  /** Keeps copies of what was found in a file, in the places that outlive this process. Never rejects. */
  async keepLasting(found: readonly Credential[]): Promise<void> {
    const knowledge = await this.records.readAsFarAsPossible();
    const hidden = new Set(hiddenIds(knowledge.records));
    const lineage = new Lineage(knowledge);
    const copies = found.filter(({ id }) => !hidden.has(id)).flatMap((each) => lineage.copyOf(each));
    for (const place of this.taking('copies')) if (place.isLasting) await this.#keepCopies(copies, place);
  }

  /** The refresh tokens that are spent for it, as traces, the latest last. Never rejects. */
  async ancestorsOf(credential: Credential): Promise<readonly string[]> {
    return new Lineage(await this.records.readAsFarAsPossible()).ancestorsOf(credential);
  }
}

/** What is remembered, and what is kept beside the config file. */
export type Known = Knowledge & FoundKepts;

/** How an edit ended. */
export interface Edited extends Pick<EditOutcome, 'madePrivateFrom'> {
  readonly failure: Failure | null;
}
