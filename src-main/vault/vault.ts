import type { Check } from '../domain/check.ts';
import { CLIENT_ID } from '../domain/client-id.ts';
import { freeCredentialId, type Credential } from '../domain/credential.ts';
import { custodyOf, type Custody } from '../domain/custody.ts';
import { isSpent, type EntryChange, type KnownCredential, type SpentTokens } from '../domain/entry-change.ts';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import { entryLoss, withEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { AccountsFile, EMPTY_RECORD, type AccountRecord, type Knowledge } from './records/accounts-file.ts';
import { resolveLinks } from './files/atomic-write.ts';
import type { ConfigEntry, EntryEdit } from './config/config-entry.ts';
import {
  ConfigFile,
  type ConfigFileContent,
  type Decide,
  type EditOutcome,
  type PreparedEdit,
} from './config/config-file.ts';
import { withCredentialLock } from './credential-lock.ts';
import { credentialDigest, isRefreshable, tokenTrace, traceOf } from './credential-trace.ts';
import type { Copy, Keychain } from './keychain/keychain.ts';
import { KeptCredentials } from './records/kept.ts';
import { Records } from './records/records.ts';
import { RescueFile, type KeptCredential, type PreparedRescue } from './records/rescue-file.ts';
import { SettingsFile, type StoredSettings } from './records/settings-file.ts';
import { writeObstacle } from './files/writable.ts';

export { EMPTY_RECORD, type AccountRecord, type StoredSettings };

/** Where a credential is: `rescue` while it is not in `config.yaml`, but kept safe by us. */
export type StoredIn = 'config-file' | 'rescue';

/** One account as it is stored. */
export interface StoredAccount {
  readonly id: string;
  /** The credential in use; `null` where the file lost it and no copy is at hand. */
  readonly credential: Credential | null;
  readonly storedIn: StoredIn;
  /** The credential in use waits to be written to `config.yaml`: an entry there, or none, is older. */
  readonly isRescued: boolean;
  /** The entry in `config.yaml`, whatever program wrote it; `null` for none, or while the file cannot be read. */
  readonly entry: ConfigEntry | null;
  /** What other programs did to the entry, as far as it differs from what we remember. */
  readonly change: EntryChange;
  /** The ids of the other entries that hold the same login. */
  readonly twins: readonly string[];
  /** Other entries have this id, and another login. */
  readonly isIdShared: boolean;
  /** `null` for a credential that another program wrote and nobody of ours has seen. */
  readonly record: AccountRecord | null;
  /** A copy of the account's last good credential is at hand. */
  readonly hasCopy: boolean;
}

export interface VaultContent {
  /** In the config file's order, those that are not in it last. */
  readonly accounts: readonly StoredAccount[];
  readonly isFileReadable: boolean;
  readonly troubles: readonly Failure[];
}

export interface VaultOptions {
  readonly configFile: string;
  readonly dataDir: string;
  /** `null`: none here. */
  readonly keychain: Keychain | null;
  /** How long a file that may be half written has to rest before it counts, in milliseconds. */
  readonly settleMs?: number;
}

/** What is learnt of an account at one look. */
export interface Lesson {
  readonly id: string;
  /** The credential that is the account's present one from now on, whoever stored it. */
  readonly present?: Credential;
  /** The refresh tokens that are spent since, as traces. */
  readonly spends?: readonly string[];
  /** Whose record knowledge begins with, where there is none: that login is the same one. */
  readonly from?: string;
  /** Learnt only where something is known already. */
  readonly isUpdate?: boolean;
  /** `null`: nothing is known any more. */
  readonly change: (record: AccountRecord) => AccountRecord | null;
}

/** Room for an answer that is about to be asked for. To be released where none comes. */
export interface AnswerRoom {
  readonly file: PreparedEdit | null;
  readonly rescue: PreparedRescue | null;
  release(): Promise<void>;
}

/** What a token request brought. */
export interface Answer {
  /** Under the id that it was asked for. */
  readonly credential: Credential;
  /** Whose refresh token was sent; `null`: a sign-in. */
  readonly sent: Credential | null;
  /** When it was received. */
  readonly at: Instant;
  /** What else is to be remembered of each account whose login it is. */
  readonly change: (record: AccountRecord) => AccountRecord;
}

export interface Stored {
  readonly storedIn: StoredIn;
  /** What a person should know: why it is not in the config file, or what was changed there beyond it. */
  readonly failure: Failure | null;
}

/** How many digests of former credentials are remembered. */
const PAST_LENGTH = 50;

/** Longer than any token seen: what is tried has to be no smaller than what comes. */
const TRIAL_TOKEN = 'x'.repeat(1_024);

const untold = () => undefined;

/** What this process holds of an account in memory. */
interface Memory {
  /** The last good credential, in case another program destroys the file. */
  copy: Credential | null;
  /** The keychain was asked whether it has a newer one. */
  isCompared: boolean;
}

/**
 * All that is stored: the credentials in `config.yaml`, a second copy of each in the system keychain, and what is ours
 * alone in the data folder. Which of several credentials of an account counts is `domain/custody.ts`'s rule.
 */
export class Vault {
  readonly #configFile: ConfigFile;
  readonly #dataDir: string;
  readonly #systemKeychain: Keychain | null;
  #keychain: Keychain | null;
  readonly #rescueFile: RescueFile;
  readonly #kept: KeptCredentials;
  readonly #accounts: AccountsFile;
  readonly #records: Records;
  readonly #settings: SettingsFile;
  readonly #memory = new Map<string, Memory>();
  /** Why the last credential did not get into the config file. */
  #saveFailure: Failure | null = null;
  #keychainFailure: Failure | null = null;
  #forgetFailure: Failure | null = null;

  constructor({ configFile, dataDir, keychain, settleMs }: VaultOptions) {
    this.#configFile = new ConfigFile(configFile, {
      journalFolder: dataDir,
      ...(settleMs === undefined ? {} : { settleMs }),
    });
    this.#dataDir = dataDir;
    this.#systemKeychain = keychain;
    this.#keychain = keychain;
    // What is known belongs to one config file, as that really is: two of them must never meet.
    const realPath = () => resolveLinks(configFile).catch(() => configFile);
    this.#rescueFile = new RescueFile(dataDir);
    this.#kept = new KeptCredentials(this.#rescueFile, realPath);
    this.#accounts = new AccountsFile(dataDir);
    this.#records = new Records(this.#accounts, realPath);
    this.#settings = new SettingsFile(dataDir);
  }

  /** The files whose change may mean that another program, or another Latchkey, wrote. */
  get watchedFiles(): readonly string[] {
    return [this.#configFile.path, this.#accounts.path];
  }

  /** Why the keychain holds no copy of the last credential; `null` while it does, or before the first. */
  get keychainFailure(): Failure | null {
    return this.#keychainFailure;
  }

  /** Everything stored, and what a person should know about it. Never rejects: what cannot be read is a trouble. */
  async load(): Promise<VaultContent> {
    const troubles = new Map<Failure['code'], Failure>();
    const tell = (failure: Failure | null) => {
      if (failure !== null) troubles.set(failure.code, failure);
    };
    const file = await this.#readConfigFile(tell);
    const knowledge = await this.#records.readAsFarAsPossible(tell);
    const kept = await this.#kept.read(tell);
    if (file?.readableByOthers != null) {
      const { path } = this.#configFile;
      tell({ code: 'config-readable-by-others', path, mode: file.readableByOthers });
    }
    if (file?.olderBlock != null) tell({ code: 'older-block', path: this.#configFile.path });
    if ([...kept.values()].some(({ kind }) => kind !== 'copy')) tell(this.#saveFailure);
    tell(this.#records.failure ?? this.#forgetFailure);
    for (const { setAside } of [this.#rescueFile, this.#accounts, this.#settings]) tell(setAside);
    return {
      accounts: this.#accountsOf({ file, kept, ...knowledge }),
      isFileReadable: file !== null,
      troubles: [...troubles.values()],
    };
  }

  /** `null` where nobody can tell what it holds. */
  async #readConfigFile(tell: (failure: Failure) => void): Promise<ConfigFileContent | null> {
    try {
      // Whoever writes it in place empties it first: what differs from what we know counts once it rests.
      const file = await this.#configFile.read(async (content) =>
        isExpected(content, await this.#records.readAsFarAsPossible()),
      );
      if (!file.isSettled) {
        tell({ code: 'config-locked', path: this.#configFile.path });
        return null;
      }
      const isHeir = !isStrange(file, await this.#records.readAsFarAsPossible());
      // What an older version knew was of one file: the one whose credentials it knows.
      this.#records.isHeir &&= isHeir;
      this.#kept.isHeir &&= isHeir;
      return file;
    } catch (error) {
      tell(failureOf(error));
      return null;
    }
  }

  #accountsOf(stage: Stage): readonly StoredAccount[] {
    const entries = Map.groupBy(stage.file?.entries ?? [], ({ credential }) => credential.id);
    const ids = new Set([...entries.keys(), ...stage.kept.keys()]);
    for (const [id, record] of stage.records) if (record.known !== null) ids.add(id);
    const spent = spentOf(stage);
    const own = [...ids].map((id) => this.#account(id, entries.get(id) ?? [], { ...stage, spent }));
    const byToken = Map.groupBy(
      own.filter(({ entry }) => entry?.credential.refreshToken != null),
      ({ entry }) => entry?.credential.refreshToken,
    );
    return own.map((account): StoredAccount => {
      const same = account.entry?.credential.refreshToken ?? null;
      const twins = same === null ? [] : (byToken.get(same) ?? []).filter(({ id }) => id !== account.id);
      const hasCopy = account.hasCopy || successorOf(account, own, spent) !== null;
      return { ...account, hasCopy, twins: twins.map(({ id }) => id) };
    });
  }

  #account(id: string, entries: readonly ConfigEntry[], stage: Stage): StoredAccount {
    const record = stage.records.get(id) ?? null;
    const remembered = {
      known: record?.known ?? null,
      accessIssuedAt: record?.accessIssuedAt ?? null,
      spent: stage.spent,
    };
    const memory = this.#memoryOf(id);
    const good = entries.find(
      ({ credential }) =>
        remembered.known === null || remembered.known.digest === credentialDigest(credential),
    );
    if (good !== undefined) memory.copy = good.credential;
    // Another Latchkey has put one in its place since: its refresh token is spent.
    if (memory.copy !== null && isSpent(traceOf(memory.copy), remembered)) memory.copy = null;
    const kept = stage.kept.get(id) ?? null;
    const custody = custodyOf(
      {
        entries: stage.file === null ? null : entries.map(({ credential }) => traceOf(credential)),
        kept: kept === null ? null : keptTrace(kept),
        copy: memory.copy === null ? null : traceOf(memory.copy),
      },
      remembered,
    );
    const entry = custody.entry === null ? null : (entries[custody.entry] ?? null);
    return {
      id,
      credential: presentOf(custody, entry, kept, memory.copy),
      storedIn: custody.present === 'entry' ? 'config-file' : 'rescue',
      isRescued: custody.isKeptDue,
      entry,
      change: custody.change,
      twins: [],
      isIdShared: custody.isIdShared,
      record,
      hasCopy: custody.putBack !== null,
    };
  }

  #memoryOf(id: string): Memory {
    const memory = this.#memory.get(id) ?? { copy: null, isCompared: false };
    this.#memory.set(id, memory);
    return memory;
  }

  /** One account, freshly read; `null` where nothing is known of it. Never rejects. */
  async find(
    id: string,
  ): Promise<{ readonly account: StoredAccount | null; readonly isFileReadable: boolean }> {
    const { accounts, isFileReadable } = await this.load();
    return { account: accounts.find((each) => each.id === id) ?? null, isFileReadable };
  }

  /** Loads what saving needs: worth calling while a person is busy approving, so that the first save is quick. */
  async prepareToSave(): Promise<void> {
    await this.#configFile.prepareToSave();
  }

  /**
   * Runs `work` while no other Latchkey changes, or is about to change, a credential of this config file.
   *
   * @throws FailureError `login-locked`, `data-not-writable`, or what `work` throws
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    return withCredentialLock(this.#configFile.path, this.#dataDir, work);
  }

  /**
   * Takes room for the answer of a token request, wherever it may have to go: what is sent is spent, and an answer that
   * could be kept nowhere would end the login. To be called before anything is sent.
   *
   * @param sent whose refresh token is about to be sent; `null`: a sign-in
   * @throws FailureError `nowhere-to-store`
   */
  async takeRoom(id: string, sent: Credential | null): Promise<AnswerRoom> {
    const failures: Failure[] = [];
    const orNull = async <T>(taking: Promise<T>): Promise<T | null> => {
      try {
        return await taking;
      } catch (error) {
        failures.push(failureOf(error));
        return null;
      }
    };
    const base = sent ?? { id, clientId: CLIENT_ID, scopes: [], accessExpiresAt: 0 };
    const trial = { ...base, accessToken: TRIAL_TOKEN, refreshToken: TRIAL_TOKEN };
    const { decide } = await this.#placing(trial, sent);
    const file = await orNull(this.#configFile.prepare(decide));
    const rescue = await orNull(this.#kept.prepare());
    if (file === null && rescue === null && !(await this.#doesKeychainTake(sent))) {
      throw new FailureError(nowhere(failures[0], this.#dataDir));
    }
    const release = async () => {
      await Promise.all([file?.release(), rescue?.release()]);
    };
    return { file, rescue, release };
  }

  /** Tries it: a keychain that is locked tells so only then. */
  async #doesKeychainTake(sent: Credential | null): Promise<boolean> {
    if (this.#keychain === null || sent === null) return false;
    await this.#copyToKeychain([{ credential: sent, replaces: [] }]);
    return this.#keychainFailure === null;
  }

  /**
   * Stores what a token request brought: in the entries of `config.yaml` that hold the token that was sent, and in no
   * other; after a sign-in in the entry of its id. Where the file cannot be written, or holds that token no more, it is
   * kept in the data folder. It is on disk when this returns, and in the keychain where there is one.
   *
   * @throws FailureError `data-not-writable` when it could be stored nowhere; it is still held in memory then
   */
  async store({ credential, sent, at, change }: Answer, room: AnswerRoom | null): Promise<Stored> {
    const { id } = credential;
    const placing = await this.#placing(credential, sent);
    const { failure, madePrivateFrom } = await this.#edit(placing.decide, room?.file ?? null);
    const touched = failure === null ? placing.touched() : [];
    const isInFile = touched.length > 0;
    const ids = new Set(isInFile ? touched : [id, ...placing.holders]);
    const kept = [...ids].map((each) => ({
      credential: { ...credential, id: each },
      kind: failure === null ? ('copy' as const) : placing.kind,
      replaces: placing.replaces,
    }));
    const notKept = isInFile ? null : await this.#kept.keep(kept, room?.rescue ?? null);
    await room?.release();

    const lesson = {
      spends: placing.replaces,
      change: (record: AccountRecord) => madePrivate(change(record), madePrivateFrom, at),
    };
    // Another program gave the entry another id meanwhile: what we know goes with the login.
    const [movedTo] = isInFile && !ids.has(id) ? touched : [];
    await this.learn([
      ...[...ids].map((each) => ({
        ...lesson,
        id: each,
        present: { ...credential, id: each },
        isUpdate: each !== id && each !== movedTo,
        ...(each === movedTo ? { from: id } : {}),
      })),
      ...(movedTo === undefined ? [] : [{ id, change: () => null }]),
    ]);
    if (notKept !== null && (this.#keychain === null || this.#keychainFailure !== null)) throw notKept;
    if (isInFile) await this.#forgetKept([...ids]);
    return {
      storedIn: isInFile ? 'config-file' : 'rescue',
      // Where the record is not written the credential is safe; what we know of its owner can be learned again.
      failure: failure ?? this.#records.failure ?? this.#madePrivate(madePrivateFrom),
    };
  }

  #madePrivate(mode: string | null): Failure | null {
    return mode === null ? null : { code: 'config-made-private', path: this.#configFile.path, mode };
  }

  /** Where a credential goes in the file, decided on what that holds at the moment of writing. */
  async #placing(credential: Credential, sent: Credential | null): Promise<Placing> {
    const { id } = credential;
    const knowledge = await this.#records.readAsFarAsPossible();
    const kept = await this.#kept.read(untold);
    const sentTrace = sent === null ? null : traceOf(sent);
    // It was sent for one that has not been in the file yet.
    const before = kept.get(id);
    const wasKept = before !== undefined && sentTrace?.digest === credentialDigest(before.credential);
    const kind = sent === null || (wasKept && before.kind === 'signed-in') ? 'signed-in' : 'renewed';
    const replaces = [
      ...(wasKept ? before.replaces : []),
      ...(sentTrace?.token == null ? [] : [sentTrace.token]),
    ];
    let touched: readonly string[] = [];
    const place = (content: ConfigFileContent): readonly EntryEdit[] => {
      if (sent === null) return setOrAdd(credential, content, memoryOf(id, knowledge));
      const holders = content.entries.filter((each) => each.credential.refreshToken === sent.refreshToken);
      // Each goes on under its own id.
      if (holders.length > 0) return holders.map((entry) => set(entry, credential));
      if (!wasKept) return [];
      return keptEdits({ credential, kind, replaces }, content, { ...knowledge, kept });
    };
    return {
      decide: (content) => {
        const edits = place(content);
        touched = edits.flatMap((edit) => ('credential' in edit ? edit.credential.id : []));
        return edits;
      },
      touched: () => [...new Set(touched)],
      kind,
      replaces,
      holders: [...knowledge.records].flatMap(([each, { known }]) =>
        sentTrace !== null && known?.token != null && known.token === sentTrace.token ? each : [],
      ),
    };
  }

  async #edit(decide: Decide, prepared: PreparedEdit | null): Promise<Edited> {
    try {
      const { madePrivateFrom } = await (prepared === null
        ? this.#configFile.edit(decide)
        : prepared.commit(decide));
      this.#saveFailure = null;
      return { failure: null, madePrivateFrom };
    } catch (error) {
      this.#saveFailure = failureOf(error);
      return { failure: this.#saveFailure, madePrivateFrom: null };
    }
  }

  async #forgetKept(ids: readonly string[]): Promise<void> {
    try {
      await this.#kept.forget(ids);
      this.#forgetFailure = null;
    } catch (error) {
      // What is left there is older than the entry, and known to be.
      this.#forgetFailure = failureOf(error);
    }
  }

  /** Remembers what one look taught, in one write, and keeps copies of what is present. Never rejects. */
  async learn(lessons: readonly Lesson[]): Promise<void> {
    if (lessons.length === 0) return;
    await this.#records.update((knowledge) => withLessons(knowledge, lessons));
    const copies = lessons.flatMap(({ id, present, spends = [] }): Omit<Copy, 'isFormer'>[] => {
      if (present === undefined) return [];
      this.#memoryOf(id).copy = present;
      return [{ credential: present, replaces: spends }];
    });
    await this.#copyToKeychain(copies);
  }

  /**
   * Changes what is known of an account. Never rejects: where it cannot be written down it is known until the app
   * quits, and `load` tells the trouble.
   */
  async saveRecord(id: string, change: (record: AccountRecord) => AccountRecord | null): Promise<void> {
    await this.learn([{ id, change }]);
  }

  /** The service has told that a login is somebody else's than the one it took the place of, which so is not spent. */
  async unspend(by: Credential): Promise<void> {
    const token = tokenTrace(by.refreshToken);
    await this.#records.update((knowledge) => ({
      ...knowledge,
      spent: new Map([...knowledge.spent].filter(([, successor]) => successor !== token)),
    }));
  }

  /**
   * The copy of an account's last good credential: kept, from memory, or from the keychain, which may have been out of
   * reach when a newer one came; else that of the same login under another id. `null` for none. Never rejects: without a
   * keychain there is no copy.
   */
  async copyOf(id: string): Promise<Credential | null> {
    const knowledge = await this.#records.readAsFarAsPossible();
    const kept = await this.#kept.read(untold);
    const memory = memoryOf(id, { ...knowledge, spent: spentOf({ ...knowledge, kept }) });
    const isGood = (credential: Credential) => !isSpent(traceOf(credential), memory);
    const ownKept = kept.get(id)?.credential;
    if (ownKept !== undefined && isGood(ownKept)) return ownKept;
    const held = this.#memoryOf(id).copy;
    if (held !== null && isGood(held)) return held;
    const copies = await this.#keychainCopies(knowledge);
    const copy = copies.find(({ credential }) => credential.id === id && isLastKnown(credential, memory));
    if (copy !== undefined) {
      this.#memoryOf(id).copy = copy.credential;
      return copy.credential;
    }
    const { accounts } = await this.load();
    const account = accounts.find((each) => each.id === id);
    return account === undefined ? null : successorOf(account, accounts, memory.spent);
  }

  /**
   * The copy that the keychain holds where that is newer than `credential`: what a crash, or a disk that nothing could
   * be written to, kept out of every file. Presenting an older refresh token could end the login.
   */
  async newerCopy(credential: Credential): Promise<Credential | null> {
    const memory = this.#memoryOf(credential.id);
    // Only what an earlier process left can be newer. Asking again might show a person one more password dialogue.
    if (memory.isCompared) return null;
    memory.isCompared = true;
    const knowledge = await this.#records.readAsFarAsPossible();
    const remembered = memoryOf(credential.id, knowledge);
    const token = tokenTrace(credential.refreshToken);
    for (const { credential: copy, replaces } of await this.#keychainCopies(knowledge)) {
      if (isSpent(traceOf(copy), remembered) || credentialDigest(copy) === credentialDigest(credential))
        continue;
      const isSuccessor = token !== null && replaces.includes(token);
      const isLater = (copy.accessExpiresAt ?? Infinity) > (credential.accessExpiresAt ?? Infinity);
      const isOfOldKind = copy.id === credential.id && replaces.length === 0 && isLater;
      if (isSuccessor || isOfOldKind) return { ...copy, id: credential.id };
    }
    return null;
  }

  async #keychainCopies({ records }: Knowledge): Promise<readonly Copy[]> {
    if (this.#keychain === null) return [];
    try {
      const copies = await this.#keychain.read();
      // What was kept for the path may have been for the file that it led to then.
      return copies.filter(
        ({ credential, isFormer }) =>
          !isFormer || records.get(credential.id)?.known?.digest === credentialDigest(credential),
      );
    } catch (error) {
      this.#keychainFailure = failureOf(error);
      return [];
    }
  }

  /** Keeps copies of credentials in the keychain; what stands in the way is `keychainFailure`. */
  async #copyToKeychain(copies: readonly Omit<Copy, 'isFormer'>[]): Promise<void> {
    if (this.#keychain === null || copies.length === 0) return;
    try {
      await this.#keychain.keep(await withoutOutdone(copies, this.#keychain));
      this.#keychainFailure = null;
    } catch (error) {
      this.#keychainFailure = failureOf(error);
    }
  }

  /**
   * Forgets an account: its entry, its copies, and what is known of it. Other entries of the same login stay.
   *
   * @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape`, `config-not-writable`, `config-locked`:
   *   nothing is forgotten then; `data-not-writable`, `keychain-unavailable` where a copy may be left
   */
  async forget(id: string): Promise<void> {
    const knowledge = await this.#records.readAsFarAsPossible();
    await this.#configFile.edit((content) =>
      entriesOf(id, content, memoryOf(id, knowledge)).map(({ position }) => ({ kind: 'remove', position })),
    );
    this.#memory.delete(id);
    await this.#kept.forget([id]);
    await this.saveRecord(id, () => null);
    await this.#forgetCopies([id]);
  }

  /** Where there is no keychain there is no copy either, and nothing to tell. */
  async #forgetCopies(ids: readonly string[]): Promise<void> {
    try {
      await this.#keychain?.forget(ids);
    } catch (error) {
      const failure = failureOf(error);
      const isNone =
        failure.code === 'keychain-unavailable' && ['not-installed', 'no-service'].includes(failure.reason);
      if (isNone) return;
      this.#keychainFailure = failure;
      throw error;
    }
  }

  /**
   * Writes kept credentials to `config.yaml`, all in one edit. Never rejects: what stands in the way is among `load`'s
   * troubles. To be called while nobody else of ours changes credentials (`exclusively`): it might forget a newer one of
   * theirs.
   */
  async saveAgain(at: Instant): Promise<void> {
    const knowledge = await this.#records.readAsFarAsPossible();
    const kept = await this.#kept.read(untold);
    if (kept.size === 0) return;
    let done: readonly string[] = [];
    let written: readonly KeptCredential[] = [];
    const { failure, madePrivateFrom } = await this.#edit((content) => {
      const stage = { ...knowledge, kept };
      const edits = [...kept.values()].map((each) => [each, keptEdits(each, content, stage)] as const);
      written = edits.flatMap(([each, { length }]) => (length > 0 ? each : []));
      done = [...kept.values()]
        .filter((each) => isDone(each, content, stage))
        .map(({ credential }) => credential.id);
      return edits.flatMap(([, own]) => own);
    }, null);
    if (failure !== null) return;
    await this.learn(
      written.map(({ credential, replaces }) => ({
        id: credential.id,
        present: credential,
        spends: replaces,
        change: (record) => madePrivate(record, madePrivateFrom, at),
      })),
    );
    await this.#forgetKept([...done, ...written.map(({ credential }) => credential.id)]);
  }

  /**
   * Puts the copy of an account's last good credential back into `config.yaml`.
   *
   * @returns false where there is no copy
   * @throws FailureError what stands in the way of writing
   */
  async putBack(id: string, change: (record: AccountRecord) => AccountRecord): Promise<boolean> {
    const copy = await this.copyOf(id);
    if (copy === null) return false;
    const knowledge = await this.#records.readAsFarAsPossible();
    const { failure } = await this.#edit(
      (content) => setOrAdd({ ...copy, id }, content, memoryOf(id, knowledge)),
      null,
    );
    if (failure !== null) throw new FailureError(failure);
    await this.learn([{ id, present: { ...copy, id }, change }]);
    await this.#forgetKept([id]);
    return true;
  }

  /**
   * Writes the end of an account's token as other programs understand it.
   *
   * @returns false where that end is not known
   * @throws FailureError what stands in the way of writing
   */
  async writeExpiry(id: string): Promise<boolean> {
    const knowledge = await this.#records.readAsFarAsPossible();
    let isKnown = true;
    await this.#configFile.edit((content) =>
      entriesOf(id, content, memoryOf(id, knowledge)).flatMap((entry): readonly EntryEdit[] => {
        isKnown = entry.credential.accessExpiresAt !== null;
        return isKnown ? [set(entry, entry.credential)] : [];
      }),
    );
    return isKnown;
  }

  /** Moves the login of an older program's block to where today's programs look. @throws FailureError as an edit does */
  async takeOverOlderBlock(): Promise<void> {
    const { accounts } = await this.load();
    const known = accounts.map(({ id }) => id);
    await this.#configFile.edit(({ entries, olderBlock }) => {
      if (olderBlock === null) return [];
      const isThere = entries.some(({ credential }) => credential.refreshToken === olderBlock.refreshToken);
      const id = freeCredentialId([...known, ...entries.map(({ credential }) => credential.id)]);
      const credential = { ...olderBlock, id, clientId: CLIENT_ID, scopes: [] };
      const add: readonly EntryEdit[] = isThere ? [] : [{ kind: 'add', credential }];
      return [...add, { kind: 'drop-older-block' }];
    });
  }

  /** @throws FailureError `data-not-writable` */
  async readSettings(): Promise<StoredSettings> {
    return this.#settings.read();
  }

  /** @throws FailureError `data-not-writable` */
  async saveSettings(change: Partial<StoredSettings>): Promise<void> {
    await this.#settings.save(change);
  }

  /** Whether copies are kept in the keychain from now on. */
  useKeychain(isOn: boolean): void {
    this.#keychain = isOn ? this.#systemKeychain : null;
    if (!isOn) this.#keychainFailure = null;
  }

  /** Keeps a copy of every credential that is ours. Never rejects: what stands in the way is `keychainFailure`. */
  async keepCopies(): Promise<void> {
    const { accounts } = await this.load();
    await this.#copyToKeychain(
      accounts.flatMap(({ credential, hasCopy }) =>
        credential !== null && hasCopy ? { credential, replaces: [] } : [],
      ),
    );
  }

  /** Forgets every copy in the keychain. @throws FailureError `keychain-unavailable` where some may be left */
  async forgetCopies(): Promise<void> {
    const ids = new Set((await this.load()).accounts.map(({ id }) => id));
    // Those of accounts that nothing else knows any more, too.
    const copies = (await this.#keychain?.read().catch(() => [])) ?? [];
    for (const { credential } of copies) ids.add(credential.id);
    await this.#forgetCopies([...ids]);
  }

  /** Where credentials go, and what stands in the way there now. Stores nothing. Never rejects. */
  async lookOver(): Promise<readonly Check[]> {
    const { path } = this.#configFile;
    const knowledge = await this.#records.readAsFarAsPossible();
    const [{ troubles }, settingsFailure, fileObstacle, folderObstacle] = await Promise.all([
      this.load(),
      this.readSettings().then(
        () => null,
        (error: unknown) => failureOf(error),
      ),
      writeObstacle(path),
      writeObstacle(this.#accounts.path),
      this.#keychainCopies(knowledge),
    ]);
    const failures = [...troubles];
    if (settingsFailure !== null) failures.push(settingsFailure);
    if (fileObstacle !== null) failures.push({ code: 'config-not-writable', path, reason: fileObstacle });
    if (folderObstacle !== null) {
      failures.push({ code: 'data-not-writable', path: this.#dataDir, reason: folderObstacle });
    }
    const once = failures.filter(({ code }, at) => failures.findIndex((each) => each.code === code) === at);
    const ofData = ({ code }: Failure) => code === 'data-not-writable' || code === 'data-set-aside';
    const keychain: Check = {
      part: 'keychain',
      about: null,
      failures: this.#keychainFailure === null ? [] : [this.#keychainFailure],
    };
    return [
      { part: 'config-file', about: path, failures: once.filter((failure) => !ofData(failure)) },
      { part: 'data-folder', about: this.#dataDir, failures: once.filter(ofData) },
      // Not missed where none is wanted.
      ...(this.#keychain === null ? [] : [keychain]),
    ];
  }

  /** Makes `config.yaml` readable by its owner only. @throws FailureError `config-not-writable` */
  async restrictConfigFile(): Promise<void> {
    await this.#configFile.restrictPermissions();
  }
}

/** A copy that was got for one that is to be kept now is newer: what was found in a file may be of the past. */
async function withoutOutdone(copies: readonly Omit<Copy, 'isFormer'>[], keychain: Keychain) {
  if (copies.every(({ replaces }) => replaces.length > 0)) return copies;
  const newer = new Set((await keychain.read()).flatMap(({ replaces }) => replaces));
  return copies.filter(
    ({ credential, replaces }) =>
      replaces.length > 0 || !newer.has(tokenTrace(credential.refreshToken) ?? ''),
  );
}

/** What was read at one look. */
interface Stage extends Knowledge {
  readonly file: ConfigFileContent | null;
  readonly kept: ReadonlyMap<string, KeptCredential>;
}

interface Placing {
  readonly decide: Decide;
  /** The ids of the entries that the last decision was to write. */
  readonly touched: () => readonly string[];
  /** As what it is kept where the file cannot be written. */
  readonly kind: KeptCredential['kind'];
  readonly replaces: readonly string[];
  /** The accounts that are known to hold what was sent. */
  readonly holders: readonly string[];
}

interface Edited extends Pick<EditOutcome, 'madePrivateFrom'> {
  readonly failure: Failure | null;
}

function memoryOf(id: string, { records, spent }: Knowledge) {
  const record = records.get(id);
  return { known: record?.known ?? null, accessIssuedAt: record?.accessIssuedAt ?? null, spent };
}

/** With what kept credentials tell: a crash may have come before that was remembered. */
function spentOf({ spent, kept }: Pick<Stage, 'spent' | 'kept'>): SpentTokens {
  const all = new Map(spent);
  for (const { credential, replaces } of kept.values()) {
    const by = tokenTrace(credential.refreshToken);
    for (const token of replaces) if (by !== null && by !== token) all.set(token, by);
  }
  return all;
}

function keptTrace({ credential, kind, replaces }: KeptCredential) {
  return { ...traceOf(credential), kind, replaces };
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
function successorOf(
  { id, record }: StoredAccount,
  accounts: readonly StoredAccount[],
  spent: SpentTokens,
): Credential | null {
  let token = record?.known?.token ?? null;
  // A chain may be damaged, and lead in a circle.
  for (let steps = 0; token !== null && spent.has(token) && steps < spent.size; steps++) {
    token = spent.get(token) ?? null;
  }
  if (token === null || token === record?.known?.token) return null;
  const holder = accounts.find(({ credential }) => tokenTrace(credential?.refreshToken ?? null) === token);
  return holder?.credential == null ? null : { ...holder.credential, id };
}

/** Whether a copy is the last one that we know of, and not one that a locked keychain was left with. */
function isLastKnown(copy: Credential, { known, spent }: ReturnType<typeof memoryOf>): boolean {
  if (known === null) return true;
  const trace = traceOf(copy);
  if (trace.digest === known.digest) return true;
  if (isSpent(trace, { known, accessIssuedAt: null, spent })) return false;
  return (copy.accessExpiresAt ?? Infinity) >= (known.accessExpiresAt ?? Infinity);
}

/** The account's entry, and those of its id that hold the same login. */
function entriesOf(
  id: string,
  { entries }: ConfigFileContent,
  memory: ReturnType<typeof memoryOf>,
): readonly ConfigEntry[] {
  const own = entries.filter(({ credential }) => credential.id === id);
  const traces = own.map(({ credential }) => traceOf(credential));
  const { entry } = custodyOf({ entries: traces, kept: null, copy: null }, memory);
  const chosen = entry === null ? undefined : traces[entry];
  return own.filter((_, at) => {
    const trace = traces[at];
    if (chosen === undefined || trace === undefined) return false;
    return trace.digest === chosen.digest || (trace.token !== null && trace.token === chosen.token);
  });
}

function set({ position, credential: { id } }: ConfigEntry, credential: Credential): EntryEdit {
  return { kind: 'set', position, credential: { ...credential, id } };
}

function setOrAdd(
  credential: Credential,
  content: ConfigFileContent,
  memory: ReturnType<typeof memoryOf>,
): readonly EntryEdit[] {
  const entries = entriesOf(credential.id, content, memory);
  if (entries.length === 0) return [{ kind: 'add', credential }];
  return entries.map((entry) => set(entry, credential));
}

/** What has to be written for a kept credential; nothing where the file holds what is none of its business. */
function keptEdits(
  kept: KeptCredential,
  content: ConfigFileContent,
  stage: Pick<Stage, 'records' | 'spent' | 'kept'>,
): readonly EntryEdit[] {
  return custodyOfKept(kept, content, stage).isKeptDue
    ? setOrAdd(kept.credential, content, memoryOf(kept.credential.id, stage))
    : [];
}

function isDone(
  kept: KeptCredential,
  content: ConfigFileContent,
  stage: Pick<Stage, 'records' | 'spent' | 'kept'>,
): boolean {
  return custodyOfKept(kept, content, stage).isKeptDone;
}

function custodyOfKept(
  kept: KeptCredential,
  { entries }: ConfigFileContent,
  stage: Pick<Stage, 'records' | 'spent' | 'kept'>,
): Custody {
  const { id } = kept.credential;
  const own = entries.filter(({ credential }) => credential.id === id);
  return custodyOf(
    { entries: own.map(({ credential }) => traceOf(credential)), kept: keptTrace(kept), copy: null },
    memoryOf(id, { ...stage, spent: spentOf(stage) }),
  );
}

/**
 * Whether the file holds what we know: every login in its place, and none that we do not know. Anything else may be a
 * file that is just being written.
 */
function isExpected({ entries }: ConfigFileContent, { records }: Knowledge): boolean {
  const found = Map.groupBy(entries, ({ credential }) => credential.id);
  const isThere = (id: string, known: KnownCredential) =>
    (found.get(id) ?? []).some(({ credential }) => credentialDigest(credential) === known.digest);
  const isKnown = ({ credential }: ConfigEntry) => {
    const record = records.get(credential.id);
    return (
      !isRefreshable(credential) || record?.known?.digest === credentialDigest(credential) || isLost(record)
    );
  };
  return (
    [...records].every(
      ([id, record]) => record.known === null || isLost(record) || isThere(id, record.known),
    ) && entries.every(isKnown)
  );
}

function isLost(record: AccountRecord | undefined): boolean {
  return entryLoss(record?.history ?? []) !== null;
}

/** Whether a file holds logins, and none of those that are known. */
function isStrange({ entries }: ConfigFileContent, { records }: Knowledge): boolean {
  const known = new Set(
    [...records.values()].flatMap(({ known: each }) => (each === null ? [] : [each.digest, ...each.past])),
  );
  return (
    entries.length > 0 &&
    known.size > 0 &&
    !entries.some(({ credential }) => known.has(credentialDigest(credential)))
  );
}

function withLessons(knowledge: Knowledge, lessons: readonly Lesson[]): Knowledge {
  const records = new Map(knowledge.records);
  const spent = new Map(knowledge.spent);
  let isNew = false;
  for (const { id, present, spends = [], from, isUpdate = false, change } of lessons) {
    const before = records.get(id) ?? (from === undefined ? undefined : knowledge.records.get(from));
    if (before === undefined && isUpdate) continue;
    const after = change(before ?? EMPTY_RECORD);
    if (after === records.get(id) && present === undefined) continue;
    isNew = true;
    if (after === null) records.delete(id);
    else if (present === undefined) records.set(id, after);
    else records.set(id, { ...after, known: knownOf(before?.known ?? null, present) });
    const by = tokenTrace(present?.refreshToken ?? null);
    for (const token of spends) {
      if (by === null || by === token) continue;
      spent.delete(token);
      spent.set(token, by);
    }
  }
  return isNew ? { records, spent } : knowledge;
}

function knownOf(before: KnownCredential | null, present: Credential): KnownCredential {
  const { digest, token, accessExpiresAt } = traceOf(present);
  const past = before === null ? [] : [...before.past, before.digest];
  return {
    digest,
    token,
    past: [...new Set(past)].filter((each) => each !== digest).slice(-PAST_LENGTH),
    accessExpiresAt,
  };
}

/** Told once, in the account's history. */
function madePrivate(record: AccountRecord, mode: string | null, at: Instant): AccountRecord {
  return mode === null
    ? record
    : { ...record, history: withEvent(record.history, { at, kind: 'made-private', mode }) };
}

/** What is full, or in the way, where nothing could be kept. */
function nowhere(failure: Failure | undefined, dataDir: string): Failure {
  const path = failure !== undefined && 'path' in failure ? failure.path : dataDir;
  const reason = failure !== undefined && 'reason' in failure ? failure.reason : 'unforeseen';
  return { code: 'nowhere-to-store', path, reason };
}
