import { isPlaceholder, shownKey, type ApiKey, type KeyTest } from '../domain/api-key.ts';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { KeyStorage } from '../domain/storage.ts';
import type { ConfigFileContent } from './config/config-file.ts';
import { KeptKey, shownOf, type KeyFacts } from './kept-key.ts';
import type { Passwords } from './keychain/passwords.ts';
import type { Places } from './places.ts';
import {
  ApiKeyFile,
  keyDigest,
  NO_KEY_RECORDS,
  type KeptKeyRecord,
  type KeyRecords,
} from './records/api-key-file.ts';

/** What is stored of a key, without it. */
export type StoredApiKey = Pick<ApiKey, 'own' | 'storage' | 'beside' | 'listed' | 'since' | 'test'>;

/** A key that was removed, secret; `key` is empty where the keychain had lost it. */
export interface RemovedKey {
  readonly key: string;
  readonly from: KeyStorage;
  readonly facts: KeyFacts;
}

const NO_FACTS: KeyFacts = { since: null, test: null };

/**
 * The API key: `providers.anthropic.api_key` of the config file, or one in the keychain, and what is remembered of it.
 * Where both have one the file's counts, since every other program takes that; ours is kept, and told (`docs/storage.md`).
 */
export class ApiKeys {
  readonly #places: Pick<Places, 'configFile' | 'rawConfigFile' | 'realPath'>;
  readonly #file: ApiKeyFile;
  readonly #kept: KeptKey;

  /** @param keychain `null`: none here */
  constructor(places: Places, keychain: Passwords | null) {
    this.#places = places;
    this.#file = new ApiKeyFile(places.dataDir);
    this.#kept = new KeptKey(keychain, this.#file, () => places.realPath());
  }

  /** Our own file, which changes with what is in the keychain. */
  get path(): string {
    return this.#file.path;
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  /** As it may be shown; the keychain is not asked. Never rejects: what is remembered of it is a bonus. */
  async shown(content: ConfigFileContent | null): Promise<StoredApiKey> {
    const { own, listed } = content?.keys ?? { own: '', listed: [] };
    const { inFile, kept } = content === null ? NO_KEY_RECORDS : await this.#records();
    const isKept = own === '' && kept !== null;
    const record = isKept ? kept : inFile?.digest === keyDigest(own) ? inFile : NO_FACTS;
    return {
      own: isKept ? shownOf(kept) : shownKey(own),
      storage: isKept ? 'keychain' : 'config-file',
      beside: isKept || kept === null ? null : { shown: shownOf(kept), isSame: isSame(own, kept) },
      listed: listed.map(shownKey).filter((each) => each !== null),
      since: record.since,
      test: record.test,
    };
  }

  /**
   * The key itself, secret.
   *
   * @throws FailureError `no-key`, `key-placeholder`, `key-locked`, `key-missing`, or what reading the file throws
   */
  async read(): Promise<string> {
    const own = await this.#inFile();
    if (isPlaceholder(own)) throw placeholder(own);
    if (own !== '') return own;
    if ((await this.#kept.known()) === null) throw new FailureError({ code: 'no-key' });
    return this.#kept.read();
  }

  /** Whether the keychain has to do with it: then it takes the lock of a refresh. */
  async involvesKeychain(storage: KeyStorage | null): Promise<boolean> {
    return storage === 'keychain' || (await this.#kept.known()) !== null;
  }

  /**
   * Writes a key in the place of the one that counts.
   *
   * @param mayReplace whether a placeholder, which other programs fill in, may give way to it
   * @param storage `null`: where the one that counts lies
   * @returns as `EditOutcome.madePrivateFrom`
   * @throws FailureError `key-placeholder`, `key-in-both`, `key-not-kept`, or as an edit does
   */
  async set(
    key: string,
    at: Instant,
    mayReplace: boolean,
    storage: KeyStorage | null = null,
  ): Promise<string | null> {
    const refuse = (before: string) => {
      if (isPlaceholder(before) && !mayReplace) throw placeholder(before);
    };
    const facts = { since: at, test: null };
    const [own, kept] = [await this.#inFile(), await this.#kept.known()];
    refuse(own);
    const from: KeyStorage = own === '' && kept !== null ? 'keychain' : 'config-file';
    if ((storage ?? from) === 'keychain') {
      await this.#intoKeychain(key, facts, own, kept);
      return null;
    }
    const { madePrivateFrom } = await this.#write(key, facts, refuse);
    // It was set in the place of that. What stands in the way is told as two keys.
    if (from === 'keychain') await this.#kept.forget().catch(() => undefined);
    return madePrivateFrom;
  }

  /**
   * Moves the key, in an order in which a crash at any moment leaves it in both places and never in neither. To be called
   * in `Vault.exclusively`.
   *
   * @returns as `EditOutcome.madePrivateFrom`
   * @throws FailureError what stands in the way: it is where it was then, or in both places
   */
  async move(storage: KeyStorage): Promise<string | null> {
    const [own, kept] = [await this.#inFile(), await this.#kept.known()];
    if (isPlaceholder(own)) throw placeholder(own);
    if (storage === 'keychain') {
      if (own !== '') await this.#intoKeychain(own, await this.#factsOf(own), own, kept);
      // One that is there and that nobody remembers is found again.
      else if (kept === null) await this.#kept.read();
      return null;
    }
    if (own !== '') {
      if (isSame(own, kept)) await this.#kept.forget();
      return null;
    }
    const key = await this.#kept.read();
    const { madePrivateFrom } = await this.#write(key, kept ?? NO_FACTS, (before) => {
      if (before !== '' && before !== key) throw new FailureError({ code: 'key-changed' });
    });
    await this.#kept.forget();
    return madePrivateFrom;
  }

  /**
   * Removes the key.
   *
   * @param storage `null`: the one that counts, wherever that is
   * @throws FailureError `no-key`, `key-placeholder`, `key-locked`, or as an edit does
   */
  async remove(storage: KeyStorage | null = null): Promise<RemovedKey> {
    const [own, kept] = [await this.#inFile(), await this.#kept.known()];
    if (storage === 'keychain' || (storage === null && own === '' && kept !== null)) {
      if (kept === null) throw new FailureError({ code: 'no-key' });
      const key = await this.#kept.read().catch(emptyWhereMissing);
      await this.#kept.forget();
      return { key, from: 'keychain', facts: kept };
    }
    const facts = await this.#factsOf(own);
    const { before } = await this.#write('', NO_FACTS, (now) => {
      if (now === '') throw new FailureError({ code: 'no-key' });
      // Other programs' own.
      if (isPlaceholder(now)) throw placeholder(now);
    });
    if (storage === null && isSame(before, kept)) await this.#kept.forget();
    return { key: before, from: 'config-file', facts };
  }

  /** Puts one back that was removed. @throws FailureError `key-changed` where another is there, or as `set` does */
  async putBack({ key, from, facts }: RemovedKey): Promise<void> {
    if (from === 'keychain') {
      const kept = await this.#kept.known();
      if (kept !== null && !isSame(key, kept)) throw new FailureError({ code: 'key-changed' });
      await this.#kept.keep(key, facts);
      return;
    }
    await this.#write(key, facts, (before) => {
      if (before !== '' && before !== key) throw new FailureError({ code: 'key-changed' });
    });
  }

  /** Remembers how a test of this key ended. Never rejects. */
  async noteTest(key: string, test: KeyTest): Promise<void> {
    const { since } = await this.#factsOf(key);
    await this.#saveInFile({ digest: keyDigest(key), since, test });
    await this.#kept.noteTest(key, test).catch(() => undefined);
  }

  /**
   * Keeps a key in the keychain, and takes what the file has out of it. What stands in the way of that is undone.
   *
   * @param own what the file has
   */
  async #intoKeychain(key: string, facts: KeyFacts, own: string, kept: KeptKeyRecord | null): Promise<void> {
    // Another one there would be lost.
    if (own !== '' && kept !== null && !isSame(own, kept)) throw new FailureError({ code: 'key-in-both' });
    await this.#kept.keep(key, facts);
    if (own === '') return;
    try {
      await this.#write('', NO_FACTS, (before) => {
        if (before !== own && before !== '') throw new FailureError({ code: 'key-changed' });
      });
    } catch (error) {
      // Only where the file has it still, for certain: else this one is nowhere else.
      const now = await this.#inFile().catch(() => null);
      if (kept === null && now === own) await this.#kept.forget().catch(() => undefined);
      throw error;
    }
  }

  /** @returns with the key that stood there before, secret; empty for none */
  async #write(key: string, { since, test }: KeyFacts, refuse: (before: string) => void) {
    let before = '';
    const { madePrivateFrom } = await this.#places.configFile.edit(({ keys }) => {
      refuse(keys.own);
      before = keys.own;
      return [{ kind: 'set-api-key', key }];
    });
    if (key !== before) {
      await this.#saveInFile(key === '' ? null : { digest: keyDigest(key), since, test });
    }
    return { before, madePrivateFrom };
  }

  /** The file's key, secret; empty for none. @throws FailureError what reading the file throws */
  async #inFile(): Promise<string> {
    const { rawConfigFile } = this.#places;
    const { keys, isSettled } = await rawConfigFile.read();
    if (isSettled) return keys.own;
    // Whoever is about to write it may have one.
    throw new FailureError({ code: 'config-locked', path: rawConfigFile.path });
  }

  async #factsOf(key: string): Promise<KeyFacts> {
    const { inFile } = await this.#records();
    return inFile?.digest === keyDigest(key) ? inFile : NO_FACTS;
  }

  async #records(): Promise<KeyRecords> {
    return this.#file.read(await this.#places.realPath()).catch(() => NO_KEY_RECORDS);
  }

  async #saveInFile(inFile: KeyRecords['inFile']): Promise<void> {
    // The key is in the file: what is remembered of it is for people to read.
    await this.#file.save(await this.#places.realPath(), { inFile }).catch(() => undefined);
  }
}

function isSame(key: string, kept: KeptKeyRecord | null): boolean {
  return kept?.digest === keyDigest(key);
}

function placeholder(value: string): FailureError {
  return new FailureError({ code: 'key-placeholder', value });
}

/** What the keychain has lost can be removed all the same. @throws whatever else it is */
function emptyWhereMissing(error: unknown): string {
  if (failureOf(error).code === 'key-missing') return '';
  throw error;
}
