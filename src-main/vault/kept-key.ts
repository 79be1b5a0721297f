import { shownKey, type KeyShown, type KeyTest } from '../domain/api-key.ts';
import { failureOf, FailureError, type KeychainObstacle } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { Passwords } from './keychain/passwords.ts';
import { keyDigest, NO_KEY_RECORDS, type ApiKeyFile, type KeptKeyRecord } from './records/api-key-file.ts';

/** What is known of a key beside itself. */
export interface KeyFacts {
  readonly since: Instant | null;
  readonly test: KeyTest | null;
}

/**
 * The API key in the system keychain, under the path of its config file. That there is one, and which, our own folder
 * remembers; the keychain is asked when the key itself is wanted.
 */
export class KeptKey {
  readonly #keychain: Passwords | null;
  readonly #file: ApiKeyFile;
  readonly #realPath: () => Promise<string>;

  /** @param realPath of the config file */
  constructor(keychain: Passwords | null, file: ApiKeyFile, realPath: () => Promise<string>) {
    this.#keychain = keychain;
    this.#file = file;
    this.#realPath = realPath;
  }

  /** What is remembered of it; `null`: there is none. Never rejects. */
  async known(): Promise<KeptKeyRecord | null> {
    return (await this.#file.read(await this.#realPath()).catch(() => NO_KEY_RECORDS)).kept;
  }

  /**
   * The key itself, secret; also one that nobody remembers, which is remembered from then on.
   *
   * @throws FailureError `no-key`, `key-missing`, `key-locked`
   */
  async read(): Promise<string> {
    const known = await this.known();
    const key = await this.#asked('key-locked', (keychain, name) => keychain.read(name));
    if (key === null) throw new FailureError({ code: known === null ? 'no-key' : 'key-missing' });
    // A crash came between the two, or our folder is another one.
    if (known?.digest !== keyDigest(key)) {
      await this.#note(key, { since: null, test: null }).catch(() => undefined);
    }
    return key;
  }

  /** @throws FailureError `key-not-kept`, also where it does not give back what it took; `data-not-writable` */
  async keep(key: string, facts: KeyFacts): Promise<void> {
    const known = await this.known();
    await this.#asked('key-not-kept', async (keychain, name) => {
      await keychain.keep(name, key);
      if ((await keychain.read(name)) !== key) {
        throw new FailureError({ code: 'keychain-unavailable', reason: 'refused' });
      }
    });
    try {
      await this.#note(key, facts);
    } catch (error) {
      // Nobody would know of it.
      if (known === null) await this.forget().catch(() => undefined);
      throw error;
    }
  }

  /** Remembers how a test of this key ended, where it is this one. @throws FailureError `data-not-writable` */
  async noteTest(key: string, test: KeyTest): Promise<void> {
    const known = await this.known();
    if (known?.digest === keyDigest(key)) await this.#note(key, { since: known.since, test });
  }

  /** Fine also where there is none. @throws FailureError `key-locked`, `data-not-writable` */
  async forget(): Promise<void> {
    await this.#asked('key-locked', (keychain, name) => keychain.forget(name));
    await this.#file.save(await this.#realPath(), { kept: null });
  }

  async #note(key: string, facts: KeyFacts): Promise<void> {
    const shown = shownKey(key);
    const { start, end } = shown?.kind === 'key' ? shown : { start: '', end: '' };
    const { since, test } = facts;
    const kept = { digest: keyDigest(key), since, test, start, end };
    await this.#file.save(await this.#realPath(), { kept });
  }

  async #asked<T>(
    code: 'key-locked' | 'key-not-kept',
    ask: (keychain: Passwords, name: string) => Promise<T>,
  ): Promise<T> {
    const refused = (reason: KeychainObstacle, cause?: unknown) =>
      new FailureError({ code, reason }, { cause });
    if (this.#keychain === null) throw refused('not-installed');
    const name = await this.#realPath();
    try {
      return await ask(this.#keychain, name);
    } catch (error) {
      const failure = failureOf(error);
      throw refused(failure.code === 'keychain-unavailable' ? failure.reason : 'refused', error);
    }
  }
}

/** As it may be shown. */
export function shownOf({ start, end }: KeptKeyRecord): KeyShown {
  return { kind: 'key', start, end };
}
