import type { Credential } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { SECOND } from '../domain/instant.ts';
import { AccountsFile, type AccountRecord } from './accounts-file.ts';
import { ConfigFile } from './config-file.ts';
import { RescueFile } from './rescue-file.ts';
import { SettingsFile, type Settings } from './settings-file.ts';

export type { AccountRecord, Settings };

/** Where a credential is: `rescue` while it cannot be written to `config.yaml`. */
export type StoredIn = 'config-file' | 'rescue';

export interface StoredCredential {
  readonly credential: Credential;
  /** `null` for a credential that another program wrote. */
  readonly record: AccountRecord | null;
  readonly storedIn: StoredIn;
}

export interface VaultContent {
  readonly credentials: readonly StoredCredential[];
  readonly troubles: readonly Failure[];
}

/** All that is stored: the credentials in `config.yaml`, and what is ours alone in the data folder. */
export class Vault {
  readonly #configFile: ConfigFile;
  readonly #rescue: RescueFile;
  readonly #accounts: AccountsFile;
  readonly #settings: SettingsFile;
  /** Why the last credential did not get into the config file. */
  #saveFailure: Failure | null = null;

  constructor({ configFile, dataDir }: { readonly configFile: string; readonly dataDir: string }) {
    this.#configFile = new ConfigFile(configFile);
    this.#rescue = new RescueFile(dataDir);
    this.#accounts = new AccountsFile(dataDir);
    this.#settings = new SettingsFile(dataDir);
  }

  /** Everything stored, and what a person should know about it. Never rejects: what cannot be read is a trouble. */
  async load(): Promise<VaultContent> {
    const troubles = new Map<Failure['code'], Failure>();
    const tell = (failure: Failure | null) => {
      if (failure !== null) troubles.set(failure.code, failure);
    };
    const orElse = async <T>(reading: Promise<T>, instead: T): Promise<T> => {
      try {
        return await reading;
      } catch (error) {
        tell(failureOf(error));
        return instead;
      }
    };
    const [file, rescued, records] = await Promise.all([
      orElse(this.#configFile.read(), { credentials: [], readableByOthers: null }),
      orElse(this.#rescue.read(), []),
      orElse(this.#accounts.read(), new Map<string, AccountRecord>()),
    ]);
    if (file.readableByOthers !== null) {
      tell({
        code: 'config-readable-by-others',
        path: this.#configFile.path,
        mode: file.readableByOthers,
      });
    }
    if (rescued.length > 0) tell(this.#saveFailure);
    for (const { setAside } of [this.#rescue, this.#accounts, this.#settings]) tell(setAside);

    const newer = rescued.filter((each) => isNewer(each, file.credentials));
    const replaced = new Set(newer.map(({ id }) => id));
    const stored = (storedIn: StoredIn) => (credential: Credential) => ({
      credential,
      record: records.get(credential.id) ?? null,
      storedIn,
    });
    return {
      credentials: [
        ...file.credentials.filter(({ id }) => !replaced.has(id)).map(stored('config-file')),
        ...newer.map(stored('rescue')),
      ],
      troubles: [...troubles.values()],
    };
  }

  /** Loads what saving needs: worth calling while a person is busy approving, so that the first save is quick. */
  async prepareToSave(): Promise<void> {
    await this.#configFile.prepareToSave();
  }

  /**
   * Stores a credential in `config.yaml`, or keeps it in the data folder where that cannot be written: `failure` tells
   * why. It is on disk when this returns.
   *
   * @throws FailureError `data-not-writable` when it could be stored nowhere
   */
  async saveCredential(
    credential: Credential,
    record: AccountRecord,
  ): Promise<{ readonly storedIn: StoredIn; readonly failure: Failure | null }> {
    const failure = await this.#saveInConfigFile(credential);
    if (failure !== null) await this.#rescue.keep(credential);
    try {
      if (failure === null) await this.#rescue.forget(credential.id);
      await this.#accounts.save(credential.id, record);
    } catch (error) {
      // The credential is safe; what we know of its owner can be learned again.
      return { storedIn: failure === null ? 'config-file' : 'rescue', failure: failure ?? failureOf(error) };
    }
    return { storedIn: failure === null ? 'config-file' : 'rescue', failure };
  }

  /** @throws FailureError `data-not-writable` */
  async saveRecord(id: string, record: AccountRecord): Promise<void> {
    await this.#accounts.save(id, record);
  }

  /** Writes rescued credentials to `config.yaml`. Never rejects: what stands in the way is among `load`'s troubles. */
  async saveAgain(): Promise<void> {
    try {
      for (const credential of await this.#rescue.read()) {
        const { credentials } = await this.#configFile.read();
        if (isNewer(credential, credentials) && (await this.#saveInConfigFile(credential)) !== null) return;
        await this.#rescue.forget(credential.id);
      }
    } catch (error) {
      this.#saveFailure = failureOf(error);
    }
  }

  /** @throws FailureError `data-not-writable` */
  async readSettings(): Promise<Settings> {
    return this.#settings.read();
  }

  /** @throws FailureError `data-not-writable` */
  async acknowledgeTerms(at: Instant): Promise<void> {
    await this.#settings.save({ termsAcknowledgedAt: at });
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
 * Whether a rescued credential is newer than the one of its id in the config file. A later token ends later: so a
 * login made elsewhere meanwhile wins, and so does what was written just before a crash kept us from forgetting it here.
 */
function isNewer(rescued: Credential, inFile: readonly Credential[]): boolean {
  const other = inFile.find(({ id }) => id === rescued.id)?.accessExpiresAt ?? null;
  // The config file knows whole seconds only.
  return other === null || Math.floor((rescued.accessExpiresAt ?? Infinity) / SECOND) * SECOND > other;
}
