import type { Check } from '../domain/check.ts';
import type { Credential } from '../domain/credential.ts';
import type { KnownCredential } from '../domain/entry-change.ts';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { AccountsFile, EMPTY_RECORD, type AccountRecord } from './accounts-file.ts';
import { ConfigFile, type ConfigFileContent } from './config-file.ts';
import { credentialDigest } from './credential-digest.ts';
import { withCredentialLock } from './credential-lock.ts';
import type { Keychain } from './keychain.ts';
import { RescueFile } from './rescue-file.ts';
import { SettingsFile, type StoredSettings } from './settings-file.ts';
import { writeObstacle } from './writable.ts';

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
  readonly entry: Credential | null;
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
}

/** How many digests of former credentials are remembered. */
const PAST_LENGTH = 50;

/**
 * All that is stored: the credentials in `config.yaml`, a second copy of each in the system keychain, and what is ours
 * alone in the data folder.
 */
export class Vault {
  readonly #configFile: ConfigFile;
  readonly #dataDir: string;
  readonly #systemKeychain: Keychain | null;
  #keychain: Keychain | null;
  readonly #rescue: RescueFile;
  readonly #accounts: AccountsFile;
  readonly #settings: SettingsFile;
  /** The last good credential of each account, in case another program destroys the file. */
  readonly #held = new Map<string, Credential>();
  /** By account what could be stored nowhere, and is in memory only. */
  readonly #unsaved = new Map<string, Credential>();
  /** Why the last credential did not get into the config file. */
  #saveFailure: Failure | null = null;
  #keychainFailure: Failure | null = null;
  readonly #copiesCompared = new Set<string>();
  /** What is known of accounts while it cannot be written down: else the same would happen to them again and again. */
  readonly #unsavedRecords = new Map<string, AccountRecord | null>();
  #recordFailure: Failure | null = null;

  constructor({ configFile, dataDir, keychain }: VaultOptions) {
    this.#configFile = new ConfigFile(configFile);
    this.#dataDir = dataDir;
    this.#systemKeychain = keychain;
    this.#keychain = keychain;
    this.#rescue = new RescueFile(dataDir);
    this.#accounts = new AccountsFile(dataDir);
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
    const orElse = async <T, E>(reading: Promise<T>, instead: E): Promise<T | E> => {
      try {
        return await reading;
      } catch (error) {
        tell(failureOf(error));
        return instead;
      }
    };
    const [file, rescued, saved] = await Promise.all([
      orElse(this.#configFile.read(), null),
      orElse(this.#rescue.read(), []),
      orElse(this.#accounts.read(), new Map<string, AccountRecord>()),
    ]);
    const records = new Map([...saved, ...this.#unsavedRecords]);
    this.#tellReadable(file, tell);
    if (rescued.length > 0 || this.#unsaved.size > 0) tell(this.#saveFailure);
    tell(this.#recordFailure);
    for (const { setAside } of [this.#rescue, this.#accounts, this.#settings]) tell(setAside);

    const inFile = file?.credentials ?? [];
    const ids = new Set([...inFile, ...rescued].map(({ id }) => id));
    for (const id of this.#unsaved.keys()) ids.add(id);
    for (const [id, record] of records) if (record?.known != null) ids.add(id);
    return {
      accounts: [...ids].map((id) => {
        const entry = inFile.find((each) => each.id === id) ?? null;
        const kept = this.#unsaved.get(id) ?? rescued.find((each) => each.id === id) ?? null;
        return this.#account(id, entry, kept, records.get(id) ?? null);
      }),
      isFileReadable: file !== null,
      troubles: [...troubles.values()],
    };
  }

  #tellReadable(file: ConfigFileContent | null, tell: (failure: Failure) => void): void {
    const mode = file?.readableByOthers ?? null;
    if (mode !== null) tell({ code: 'config-readable-by-others', path: this.#configFile.path, mode });
  }

  #account(
    id: string,
    entry: Credential | null,
    kept: Credential | null,
    record: AccountRecord | null,
  ): StoredAccount {
    const known = record?.known ?? null;
    if (entry !== null && (known === null || known.digest === credentialDigest(entry))) {
      this.#held.set(id, entry);
    }
    const held = this.#held.get(id);
    // Another Latchkey has put one in its place since: its refresh token is spent.
    if (held !== undefined && known?.past.includes(credentialDigest(held)) === true) this.#held.delete(id);
    const isKeptNewer = kept !== null && isNewer(kept, entry, known);
    const copy = isKeptNewer ? kept : (this.#held.get(id) ?? null);
    return {
      id,
      credential: isKeptNewer ? kept : (entry ?? copy),
      storedIn: isKeptNewer || entry === null ? 'rescue' : 'config-file',
      isRescued: isKeptNewer,
      entry,
      record,
      hasCopy: copy !== null,
    };
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
   * Stores a credential in `config.yaml`, or keeps it in the data folder where that cannot be written: `failure` tells
   * why. It is on disk when this returns, and in the keychain where there is one.
   *
   * @param change what else is to be remembered of the account
   * @throws FailureError `data-not-writable` when it could be stored nowhere; it is still held in memory then
   */
  async saveCredential(
    credential: Credential,
    change: (record: AccountRecord) => AccountRecord,
  ): Promise<{ readonly storedIn: StoredIn; readonly failure: Failure | null }> {
    const { id } = credential;
    this.#held.set(id, credential);
    const failure = await this.#saveInConfigFile(credential);
    const notKept = failure === null ? null : await this.#rescueFailure(credential);
    if (notKept === null) this.#unsaved.delete(id);
    else this.#unsaved.set(id, credential);
    await this.remember(credential, change);
    if (notKept !== null && (this.#keychain === null || this.#keychainFailure !== null)) throw notKept;
    if (failure === null) await this.#forgetRescued(id);
    // Where the record is not written the credential is safe; what we know of its owner can be learned again.
    return { storedIn: failure === null ? 'config-file' : 'rescue', failure: failure ?? this.#recordFailure };
  }

  /** Keeps a credential in the data folder; the error where that failed. */
  async #rescueFailure(credential: Credential): Promise<FailureError | null> {
    try {
      await this.#rescue.keep(credential);
      return null;
    } catch (error) {
      return new FailureError(failureOf(error), { cause: error });
    }
  }

  async #forgetRescued(id: string): Promise<void> {
    try {
      await this.#rescue.forget(id);
    } catch (error) {
      // What is left there is older than the entry, and known to be.
      this.#recordFailure = failureOf(error);
    }
  }

  /** Remembers that this credential, whoever stored it, is the account's present one, and keeps a copy. Never rejects. */
  async remember(credential: Credential, change: (record: AccountRecord) => AccountRecord): Promise<void> {
    this.#held.set(credential.id, credential);
    const digest = credentialDigest(credential);
    await this.saveRecord(credential.id, (record) => {
      const past = record.known === null ? [] : [...record.known.past, record.known.digest];
      return {
        ...change(record),
        known: {
          digest,
          past: [...new Set(past)].filter((each) => each !== digest).slice(-PAST_LENGTH),
          accessExpiresAt: credential.accessExpiresAt,
        },
      };
    });
    await this.#copyToKeychain(credential);
  }

  /**
   * Changes what is known of an account. Never rejects: where it cannot be written down it is known until the app
   * quits, and `load` tells the trouble.
   */
  async saveRecord(id: string, change: (record: AccountRecord) => AccountRecord | null): Promise<void> {
    try {
      await this.#accounts.update(id, (record) => change(this.#unsavedRecords.get(id) ?? record));
      this.#unsavedRecords.delete(id);
      this.#recordFailure = null;
    } catch (error) {
      this.#recordFailure = failureOf(error);
      // Reading needs no lock: what is known goes on from what is there.
      const saved = await this.#accounts.read().catch(() => new Map<string, AccountRecord>());
      this.#unsavedRecords.set(id, change(this.#unsavedRecords.get(id) ?? saved.get(id) ?? EMPTY_RECORD));
    }
  }

  /**
   * The copy of an account's last good credential: from memory, else from the keychain, which may have been out of reach
   * when a newer one came; `null` for none. Never rejects: without a keychain there is no copy.
   */
  async copyOf(id: string): Promise<Credential | null> {
    const held = this.#held.get(id);
    if (held !== undefined) return held;
    const copy = (await this.#keychainCopies()).find((each) => each.id === id);
    const { account } = await this.find(id);
    if (copy === undefined || isSpent(copy, account?.record?.known ?? null)) return null;
    this.#held.set(id, copy);
    return copy;
  }

  /**
   * The copy that the keychain holds where that is newer than `credential`: what a crash, or a disk that nothing could
   * be written to, kept out of every file. Presenting an older refresh token could end the login.
   */
  async newerCopy(credential: Credential, { known }: AccountRecord): Promise<Credential | null> {
    // Only what an earlier process left can be newer. Asking again might show a person one more password dialogue.
    if (this.#copiesCompared.has(credential.id)) return null;
    this.#copiesCompared.add(credential.id);
    const copy = (await this.#keychainCopies()).find(({ id }) => id === credential.id);
    if (copy === undefined || known?.past.includes(credentialDigest(copy)) === true) return null;
    return isNewer(copy, credential, known) ? copy : null;
  }

  async #keychainCopies(): Promise<readonly Credential[]> {
    if (this.#keychain === null) return [];
    try {
      return await this.#keychain.read();
    } catch (error) {
      this.#keychainFailure = failureOf(error);
      return [];
    }
  }

  /** Keeps a copy of the credential in the keychain; what stands in the way is `keychainFailure`. */
  async #copyToKeychain(credential: Credential): Promise<void> {
    if (this.#keychain === null) return;
    try {
      await this.#keychain.keep(credential);
      this.#keychainFailure = null;
    } catch (error) {
      this.#keychainFailure = failureOf(error);
    }
  }

  /**
   * Forgets an account: its entry, its copies, and what is known of it.
   *
   * @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape`, `config-not-writable`, `config-locked`:
   *   nothing is forgotten then; `data-not-writable`, `keychain-unavailable` where a copy may be left
   */
  async forget(id: string): Promise<void> {
    await this.#configFile.removeCredential(id);
    this.#held.delete(id);
    this.#unsaved.delete(id);
    await this.#rescue.forget(id);
    await this.saveRecord(id, () => null);
    await this.#forgetCopy(id);
  }

  /** Where there is no keychain there is no copy either, and nothing to tell. */
  async #forgetCopy(id: string): Promise<void> {
    try {
      await this.#keychain?.forget(id);
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
   * Writes rescued credentials to `config.yaml`. Never rejects: what stands in the way is among `load`'s troubles. To be
   * called while nobody else of ours changes credentials (`exclusively`): it might forget a newer one of theirs.
   */
  async saveAgain(): Promise<void> {
    try {
      for (const [id, credential] of [...this.#unsaved]) {
        const { account } = await this.find(id);
        if (account?.isRescued === true) await this.saveCredential(credential, (record) => record);
        else this.#unsaved.delete(id);
      }
      const rescued = await this.#rescue.read();
      if (rescued.length === 0) return;
      const records = await this.#accounts.read();
      for (const credential of rescued) {
        const { credentials } = await this.#configFile.read();
        const { id } = credential;
        const entry = credentials.find((each) => each.id === id) ?? null;
        const isToSave = isNewer(credential, entry, records.get(id)?.known ?? null);
        if (isToSave && (await this.#saveInConfigFile(credential)) !== null) return;
        await this.#rescue.forget(id);
      }
    } catch (error) {
      this.#saveFailure = failureOf(error);
    }
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
    const failure = await this.#saveInConfigFile(copy);
    if (failure !== null) throw new FailureError(failure);
    await this.remember(copy, change);
    return true;
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
    for (const { credential, hasCopy } of (await this.load()).accounts) {
      if (credential !== null && hasCopy) await this.#copyToKeychain(credential);
    }
  }

  /** Forgets every copy in the keychain. @throws FailureError `keychain-unavailable` where some may be left */
  async forgetCopies(): Promise<void> {
    const ids = new Set((await this.load()).accounts.map(({ id }) => id));
    // Those of accounts that nothing else knows any more, too.
    for (const { id } of await this.#keychainCopies()) ids.add(id);
    for (const id of ids) await this.#forgetCopy(id);
  }

  /** Where credentials go, and what stands in the way there now. Stores nothing. Never rejects. */
  async lookOver(): Promise<readonly Check[]> {
    const { path } = this.#configFile;
    const [{ troubles }, settingsFailure, fileObstacle, folderObstacle] = await Promise.all([
      this.load(),
      this.readSettings().then(
        () => null,
        (error: unknown) => failureOf(error),
      ),
      writeObstacle(path),
      writeObstacle(this.#accounts.path),
      this.#keychainCopies(),
    ]);
    const failures = [...troubles];
    if (settingsFailure !== null) failures.push(settingsFailure);
    if (fileObstacle !== null) failures.push({ code: 'config-not-writable', path, reason: fileObstacle });
    if (folderObstacle !== null) {
      failures.push({ code: 'data-not-writable', path: this.#dataDir, reason: folderObstacle });
    }
    const once = failures.filter(({ code }, at) => failures.findIndex((each) => each.code === code) === at);
    const found = (start: string) => once.filter(({ code }) => code.startsWith(start));
    const keychain: Check = {
      part: 'keychain',
      about: null,
      failures: this.#keychainFailure === null ? [] : [this.#keychainFailure],
    };
    return [
      { part: 'config-file', about: path, failures: found('config-') },
      { part: 'data-folder', about: this.#dataDir, failures: found('data-') },
      // Not missed where none is wanted.
      ...(this.#keychain === null ? [] : [keychain]),
    ];
  }

  /** Makes `config.yaml` readable by its owner only. @throws FailureError `config-not-writable` */
  async restrictConfigFile(): Promise<void> {
    await this.#configFile.restrictPermissions();
  }

  async #saveInConfigFile(credential: Credential): Promise<Failure | null> {
    try {
      await this.#configFile.saveCredential(credential);
      this.#saveFailure = null;
    } catch (error) {
      this.#saveFailure = failureOf(error);
    }
    return this.#saveFailure;
  }
}

/**
 * Whether a credential of ours is newer than the entry of its id in the config file. Where both are remembered that
 * tells; else the later end does: so a login made elsewhere meanwhile wins, and so does what was written just before a
 * crash kept us from forgetting it here.
 */
function isNewer(ours: Credential, entry: Credential | null, known: KnownCredential | null): boolean {
  if (entry === null) return true;
  if (known?.past.includes(credentialDigest(entry)) === true) return true;
  if (known?.past.includes(credentialDigest(ours)) === true) return false;
  const other = entry.accessExpiresAt;
  // The config file knows whole seconds only.
  return other === null || Math.floor((ours.accessExpiresAt ?? Infinity) / SECOND) * SECOND > other;
}

/** Whether a copy is older than the last credential of ours: to present its refresh token could end the login. */
function isSpent(copy: Credential, known: KnownCredential | null): boolean {
  if (known === null) return false;
  const digest = credentialDigest(copy);
  if (digest === known.digest || known.past.includes(digest)) return digest !== known.digest;
  return (copy.accessExpiresAt ?? Infinity) < (known.accessExpiresAt ?? Infinity);
}
