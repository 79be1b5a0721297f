import { join } from 'node:path';
import * as v from 'valibot';
import type { Owner } from '../domain/credential.ts';
import type { Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { DataFile } from './data-file.ts';
import { fromText, instantText, toText } from './instant-text.ts';

/** What we know of an account beyond its credential. Not secret. */
export interface AccountRecord {
  readonly owner: Owner | null;
  /** When the access token was received. */
  readonly accessIssuedAt: Instant | null;
  /** When the login began and ends; refreshing moves neither (`facts.md` section 1). */
  readonly loginIssuedAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
}

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
      accessIssuedAt: instantText,
      loginIssuedAt: instantText,
      loginExpiresAt: instantText,
    }),
  ),
});

/** `accounts.json`: the records of all accounts by credential id. Every method throws FailureError `data-not-writable`. */
export class AccountsFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'accounts.json'), schema, { version: 1, accounts: {} });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(): Promise<ReadonlyMap<string, AccountRecord>> {
    const { accounts } = await this.#file.read();
    return new Map(
      Object.entries(accounts).map(([id, { owner, accessIssuedAt, loginIssuedAt, loginExpiresAt }]) => [
        id,
        {
          owner: owner === null ? null : ownerOf(owner),
          accessIssuedAt: fromText(accessIssuedAt),
          loginIssuedAt: fromText(loginIssuedAt),
          loginExpiresAt: fromText(loginExpiresAt),
        },
      ]),
    );
  }

  async save(id: string, record: AccountRecord): Promise<void> {
    await this.#file.update((content) => {
      const old = content.accounts[id];
      const stored = {
        ...old,
        owner: record.owner === null ? null : { ...old?.owner, ...record.owner },
        accessIssuedAt: toText(record.accessIssuedAt),
        loginIssuedAt: toText(record.loginIssuedAt),
        loginExpiresAt: toText(record.loginExpiresAt),
      };
      return { ...content, accounts: { ...content.accounts, [id]: stored } };
    });
  }
}

/** The owner without fields that a newer program of the same version added. */
function ownerOf(stored: Owner): Owner {
  const { accountUuid, email, displayName, organizationUuid, organizationName, plan } = stored;
  return { accountUuid, email, displayName, organizationUuid, organizationName, plan };
}
