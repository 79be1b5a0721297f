import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Adapter, AdapterPayload, JWK } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; `null` for ever. */
  readonly expiresAt: number | null;
}

/** What the authority signs its cookies and, were it asked for any, its ID tokens with. */
interface Keys {
  readonly cookie: string;
  readonly signature: JWK;
}

interface Stored {
  readonly version: 1;
  readonly keys: Keys;
  readonly entries: Record<string, Entry>;
}

/** What must outlive a restart; sessions and interactions need not. */
const LASTING = new Set(['Grant', 'RefreshToken', 'AccessToken']);

/** Everything the authority remembers, kept in one JSON file where one is given. */
export class GrantStore {
  readonly keys: Keys;
  readonly #file: string | null;
  readonly #entries: Map<string, Entry>;

  /** @throws when the file is there and cannot be read */
  constructor(file: string | null) {
    const stored =
      file !== null && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stored) : null;
    this.keys = stored?.keys ?? newKeys();
    this.#file = file;
    this.#entries = new Map(Object.entries(stored?.entries ?? {}));
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && isAlive(entry) ? entry : undefined;
  }

  set(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#save(key);
  }

  delete(key: string): void {
    if (this.#entries.delete(key)) this.#save(key);
  }

  deleteWhere(is: (payload: AdapterPayload) => boolean): void {
    for (const [key, { payload }] of this.#entries) if (is(payload)) this.delete(key);
  }

  find(is: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    return [...this.#entries.values()].find((entry) => isAlive(entry) && is(entry.payload))?.payload;
  }

  #save(changed: string): void {
    for (const [key, entry] of this.#entries) if (!isAlive(entry)) this.#entries.delete(key);
    if (this.#file === null || !isLasting(changed)) return;
    const entries = Object.fromEntries([...this.#entries].filter(([key]) => isLasting(key)));
    const stored: Stored = { version: 1, keys: this.keys, entries };
    const temporary = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify(stored), { mode: 0o600 });
    renameSync(temporary, this.#file);
  }
}

function newKeys(): Keys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    cookie: randomBytes(32).toString('base64url'),
    signature: { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' },
  };
}

function isAlive({ expiresAt }: Entry): boolean {
  return expiresAt === null || expiresAt > Date.now();
}

function isLasting(key: string): boolean {
  return LASTING.has(key.slice(0, key.indexOf(':')));
}
/** oidc-provider's way to one kind of thing in the store. */
export function adapterOf(store: GrantStore): (model: string) => Adapter {
  return (model) => {
    const key = (id: string) => `${model}:${id}`;
    const done = Promise.resolve();
    return {
      upsert: (id, payload, expiresIn) => {
        const expiresAt = expiresIn ? Date.now() + expiresIn * 1_000 : null;
        store.set(key(id), { payload, expiresAt });
        return done;
      },
      find: (id) => Promise.resolve(store.get(key(id))?.payload),
      findByUid: (uid) => Promise.resolve(store.find((payload) => payload.uid === uid)),
      findByUserCode: () => Promise.resolve(undefined),
      consume: (id) => {
        const entry = store.get(key(id));
        const consumed = Math.floor(Date.now() / 1_000);
        if (entry !== undefined) store.set(key(id), { ...entry, payload: { ...entry.payload, consumed } });
        return done;
      },
      destroy: (id) => {
        store.delete(key(id));
        return done;
      },
      revokeByGrantId: (grantId) => {
        store.deleteWhere((payload) => payload.grantId === grantId);
        return done;
      },
    };
  };
}
