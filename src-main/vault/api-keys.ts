import { createHash } from 'node:crypto';
import { isPlaceholder, shownKey, type ApiKey, type KeyTest } from '../domain/api-key.ts';
import { FailureError, type Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { ConfigFileContent } from './config/config-file.ts';
import type { Places } from './places.ts';
import { ApiKeyFile, type KeyRecord } from './records/api-key-file.ts';

/** What is stored of a key, without it. */
export type StoredApiKey = Pick<ApiKey, 'own' | 'listed' | 'since' | 'test'>;

/** How a key was written. */
export interface KeyWritten {
  /** The key that stood there before, secret; empty for none. */
  readonly before: string;
  /** As `EditOutcome.madePrivateFrom`. */
  readonly madePrivateFrom: string | null;
}

/** `providers.anthropic.api_key` of the config file, and what is remembered of it. */
export class ApiKeys {
  readonly #places: Pick<Places, 'configFile' | 'rawConfigFile' | 'realPath'>;
  readonly #file: ApiKeyFile;

  constructor(places: Places) {
    this.#places = places;
    this.#file = new ApiKeyFile(places.dataDir);
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  /** As it may be shown. Never rejects: what is remembered of it is a bonus. */
  async shown(content: ConfigFileContent | null): Promise<StoredApiKey> {
    const { own, listed } = content?.keys ?? { own: '', listed: [] };
    // A start without a key does not pay for one.
    const record = own === '' || isPlaceholder(own) ? null : await this.#recordOf(own);
    return {
      own: shownKey(own),
      listed: listed.map(shownKey).filter((each) => each !== null),
      since: record?.since ?? null,
      test: record?.test ?? null,
    };
  }

  /** The key itself, secret. @throws FailureError `no-key`, `key-placeholder`, or what reading the file throws */
  async read(): Promise<string> {
    const { own } = (await this.#places.rawConfigFile.read()).keys;
    if (own === '') throw new FailureError({ code: 'no-key' });
    if (isPlaceholder(own)) throw new FailureError({ code: 'key-placeholder', value: own });
    return own;
  }

  /**
   * Writes a key.
   *
   * @param mayReplace whether a placeholder, which other programs fill in, may give way to it
   * @throws FailureError `key-placeholder`, or as an edit does
   */
  async set(key: string, at: Instant, mayReplace: boolean): Promise<KeyWritten> {
    return this.#write(key, { since: at, test: null }, (before) => {
      if (isPlaceholder(before) && !mayReplace) {
        throw new FailureError({ code: 'key-placeholder', value: before });
      }
    });
  }

  /** Takes it out of the file. @throws FailureError `no-key`, `key-placeholder`, or as an edit does */
  async remove(at: Instant): Promise<KeyWritten> {
    return this.#write('', { since: at, test: null }, (before) => {
      if (before === '') throw new FailureError({ code: 'no-key' });
      // Other programs' own.
      if (isPlaceholder(before)) throw new FailureError({ code: 'key-placeholder', value: before });
    });
  }

  /** Puts one back that was removed. @throws FailureError `key-changed` where another stands there, or as an edit does */
  async putBack(key: string, record: Pick<StoredApiKey, 'since' | 'test'>): Promise<void> {
    await this.#write(key, record, (before) => {
      if (before !== '' && before !== key) throw new FailureError({ code: 'key-changed' });
    });
  }

  /** Remembers how a test of this key ended. Never rejects. */
  async noteTest(key: string, test: KeyTest): Promise<void> {
    const before = await this.#recordOf(key);
    await this.#save({ digest: digest(key), since: before?.since ?? null, test });
  }

  async #write(
    key: string,
    record: Pick<StoredApiKey, 'since' | 'test'>,
    refuse: (before: string) => void,
  ): Promise<KeyWritten> {
    let before = '';
    const { madePrivateFrom } = await this.#places.configFile.edit(({ keys }) => {
      refuse(keys.own);
      before = keys.own;
      return [{ kind: 'set-api-key', key }];
    });
    if (key !== before) await this.#save(key === '' ? null : { digest: digest(key), ...record });
    return { before, madePrivateFrom };
  }

  async #recordOf(key: string): Promise<KeyRecord | null> {
    try {
      const record = await this.#file.read(await this.#places.realPath());
      return record?.digest === digest(key) ? record : null;
    } catch {
      return null;
    }
  }

  async #save(record: KeyRecord | null): Promise<void> {
    // The key is in the file: what is remembered of it is for people to read.
    await this.#file.save(await this.#places.realPath(), record).catch(() => undefined);
  }
}

/** A key has far more than 128 random bits: nothing can be learned from a digest of it. */
function digest(key: string): string {
  return createHash('sha256').update(`api key ${key}`).digest('base64url').slice(0, 22);
}
