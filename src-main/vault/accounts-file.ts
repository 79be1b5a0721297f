import { join } from 'node:path';
import * as v from 'valibot';
import type { Owner } from '../domain/credential.ts';
import type { KnownCredential } from '../domain/entry-change.ts';
import type { Failure } from '../domain/failure.ts';
import type { HistoryEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { DataFile } from './data-file.ts';
import { historyFromText, historyToText } from './history-text.ts';
import { fromText, instantText, toText } from './instant-text.ts';

/** What we know of an account beyond its credential. Not secret. */
export interface AccountRecord {
  readonly owner: Owner | null;
  /** False after another program's credential was taken over, until the service has told whose it is. */
  readonly isOwnerSure: boolean;
  /** When the access token was received. */
  readonly accessIssuedAt: Instant | null;
  /** When the login began and ends; refreshing moves neither (`facts.md` section 1). */
  readonly loginIssuedAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
  /** What happened lately, oldest first. */
  readonly history: readonly HistoryEvent[];
  /** The credential this record is about; `null` before the first. */
  readonly known: KnownCredential | null;
}

export const EMPTY_RECORD: AccountRecord = {
  owner: null,
  isOwnerSure: true,
  accessIssuedAt: null,
  loginIssuedAt: null,
  loginExpiresAt: null,
  history: [],
  known: null,
};

const text = v.nullable(v.string());
const schema = v.looseObject({
  version: v.literal(1),
  accounts: v.record(
    v.string(),
    v.looseObject({
      owner: v.nullable(
        v.looseObject({
          accountUuid: text,
          email: text,
          displayName: text,
          organizationUuid: text,
          organizationName: text,
          plan: text,
        }),
      ),
      isOwnerSure: v.optional(v.boolean(), true),
      accessIssuedAt: instantText,
      loginIssuedAt: instantText,
      loginExpiresAt: instantText,
      history: v.optional(v.array(v.unknown()), []),
      known: v.optional(
        v.nullable(v.object({ digest: v.string(), past: v.array(v.string()), accessExpiresAt: instantText })),
        null,
      ),
    }),
  ),
});

type Stored = v.InferOutput<typeof schema>['accounts'][string];

/** `accounts.json`: the records of all accounts by credential id. Every method throws FailureError `data-not-writable`. */
export class AccountsFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'accounts.json'), schema, { version: 1, accounts: {} });
  }

  get path(): string {
    return this.#file.path;
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(): Promise<ReadonlyMap<string, AccountRecord>> {
    const { accounts } = await this.#file.read();
    return new Map(Object.entries(accounts).map(([id, stored]) => [id, recordOf(stored)]));
  }

  /** Replaces one record by what `change` makes of it (the empty one where there is none); `null` takes it away. */
  async update(id: string, change: (record: AccountRecord) => AccountRecord | null): Promise<void> {
    await this.#file.update((content) => {
      const old = Object.hasOwn(content.accounts, id) ? content.accounts[id] : undefined;
      const before = old === undefined ? EMPTY_RECORD : recordOf(old);
      const after = change(before);
      if (after === before) return content;
      const others = Object.entries(content.accounts).filter(([each]) => each !== id);
      const changed: [string, Stored][] = after === null ? [] : [[id, storedOf(after, old)]];
      return { ...content, accounts: Object.fromEntries([...others, ...changed]) };
    });
  }
}

function recordOf(stored: Stored): AccountRecord {
  const { owner, known } = stored;
  return {
    owner: owner === null ? null : ownerOf(owner),
    isOwnerSure: stored.isOwnerSure,
    accessIssuedAt: fromText(stored.accessIssuedAt),
    loginIssuedAt: fromText(stored.loginIssuedAt),
    loginExpiresAt: fromText(stored.loginExpiresAt),
    history: historyFromText(stored.history),
    known: known === null ? null : { ...known, accessExpiresAt: fromText(known.accessExpiresAt) },
  };
}

/** @param old its fields that a newer program of the same version added survive */
function storedOf(record: AccountRecord, old: Stored | undefined): Stored {
  const { owner, known } = record;
  return {
    ...old,
    owner: owner === null ? null : { ...old?.owner, ...owner },
    isOwnerSure: record.isOwnerSure,
    accessIssuedAt: toText(record.accessIssuedAt),
    loginIssuedAt: toText(record.loginIssuedAt),
    loginExpiresAt: toText(record.loginExpiresAt),
    history: [...historyToText(record.history)],
    known:
      known === null
        ? null
        : {
            digest: known.digest,
            past: [...known.past],
            accessExpiresAt: toText(known.accessExpiresAt),
          },
  };
}

/** The owner without fields that a newer program of the same version added. */
function ownerOf(stored: Owner): Owner {
  const { accountUuid, email, displayName, organizationUuid, organizationName, plan } = stored;
  return { accountUuid, email, displayName, organizationUuid, organizationName, plan };
}
