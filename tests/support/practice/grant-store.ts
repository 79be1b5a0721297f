import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; `null` for ever. */
  readonly expiresAt: number | null;
}

/** What must outlive a restart; sessions and interactions need not. */
const LASTING = new Set(['Grant', 'RefreshToken', 'AccessToken']);

/** Everything the authority remembers, kept in one JSON file where one is given. */
export class GrantStore {
  readonly #file: string | null;
  readonly #entries: Map<string, Entry>;

  constructor(file: string | null) {
    this.#file = file;
    this.#entries = new Map(
      file !== null && existsSync(file)
        ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry>)
        : [],
    );
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAt === null || entry.expiresAt > Date.now()) return entry;
    this.#entries.delete(key);
    return undefined;
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
    return [...this.#entries.values()].find(({ payload }) => is(payload))?.payload;
  }

  #save(changed: string): void {
    if (this.#file === null || !isLasting(changed)) return;
    const lasting = [...this.#entries].filter(([key]) => isLasting(key));
    const temporary = `${this.#file}.tmp`;
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(lasting)), { mode: 0o600 });
    renameSync(temporary, this.#file);
  }
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
