import { join } from 'node:path';
import * as v from 'valibot';
import type { Owner } from '../../domain/credential.ts';
import type { SpentTokens } from '../../domain/entry-change.ts';
import type { Failure } from '../../domain/failure.ts';
import { STORAGES } from '../../domain/storage.ts';
import { EMPTY_RECORD, type AccountRecord } from './account-record.ts';
import { DataFile } from './data-file.ts';
import { historyFromText, historyToText } from './history-text.ts';
import { fromText, instantText, toText } from '../files/instant-text.ts';

export { EMPTY_RECORD, type AccountRecord };

/** What is known of the accounts of one config file, by credential id, and of tokens whatever file they are in. */
export interface Knowledge {
  readonly records: ReadonlyMap<string, AccountRecord>;
  /** What is known of the accounts of other config files: one of those may be this one, moved or copied. */
  readonly recordsElsewhere: readonly AccountRecord[];
  readonly spent: SpentTokens;
}

/** What is known of the accounts of another config file. */
export interface Section {
  readonly path: string;
  /** By which name it was reached last, links not followed; `null`: an older version did not say. */
  readonly name: string | null;
  readonly records: ReadonlyMap<string, AccountRecord>;
}

/**
 * How many spent tokens are remembered, the latest. Some years of refreshing, and a login lasts a month; where tokens
 * live seconds an older one ends nothing that is not over.
 */
const SPENT_LENGTH = 1_000;
/** And so many more for each account: with many of them a thousand is days. */
const SPENT_PER_ACCOUNT = 200;

const text = v.nullable(v.string());
const recordEntries = {
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
  issuedBy: v.optional(text, null),
  refusedBy: v.optional(text, null),
  claudeCodes: v.optional(text, null),
  history: v.optional(v.array(v.unknown()), []),
  tookOver: v.optional(
    v.nullable(
      v.object({
        digest: v.string(),
        token: text,
        accessIssuedAt: v.optional(instantText, null),
        issuedBy: v.optional(text, null),
      }),
    ),
    null,
  ),
  known: v.optional(
    v.nullable(
      v.object({
        digest: v.string(),
        access: v.optional(text, null),
        token: v.optional(text, null),
        past: v.array(v.string()),
        accessExpiresAt: instantText,
      }),
    ),
    null,
  ),
  beside: v.optional(v.array(v.string()), []),
  storage: v.optional(v.picklist(STORAGES), 'config-file'),
  displacedFrom: v.optional(text, null),
  movedFrom: v.optional(text, null),
  cameFrom: v.optional(text, null),
  learntIn: v.optional(text, null),
};
const schema = v.looseObject({
  version: v.literal(2),
  /** By config file, as it really is; `null`: what an older version knew, which did not say of which file. */
  files: v.array(
    v.looseObject({
      path: text,
      name: v.optional(text, null),
      /** Whether the keychain has not answered since nothing was known of it. */
      areOrphansUntold: v.optional(v.boolean()),
      // No object by id: of `__proto__` and its like nothing could be remembered.
      accounts: v.array(v.unknown()),
    }),
  ),
  spent: v.array(v.object({ token: v.string(), by: v.string() })),
});
type Content = v.InferOutput<typeof schema>;

/** Of one config file, whichever that was. */
const firstVersion = v.looseObject({
  version: v.literal(1),
  accounts: v.record(v.string(), v.looseObject(recordEntries)),
});

const anyVersion = v.union([
  schema,
  v.pipe(
    firstVersion,
    v.transform(({ accounts, ...rest }): Content => {
      const listed = Object.entries(accounts).map(([id, stored]) => ({ ...stored, id }));
      return { ...rest, version: 2, files: [{ path: null, name: null, accounts: listed }], spent: [] };
    }),
  ),
]);

const storedSchema = v.looseObject({ id: v.string(), ...recordEntries });
type File = Content['files'][number];
type Stored = v.InferOutput<typeof storedSchema>;

/** One that cannot be understood costs nobody else's, and stays as it is. */
function readable(section: File | undefined): readonly Stored[] {
  return (section?.accounts ?? [])
    .filter((each) => v.is(storedSchema, each))
    .map((each) => v.parse(storedSchema, each));
}

/**
 * `accounts.json`: what is known of accounts, each config file's apart. Every method throws FailureError
 * `data-not-writable`.
 */
export class AccountsFile {
  readonly #file: DataFile<Content>;
  readonly #name: string;
  #holdsUnclaimed = false;

  /** @param name by which the config file is reached, links not followed */
  constructor(dataDir: string, name: string) {
    this.#name = name;
    this.#file = new DataFile(join(dataDir, 'accounts.json'), anyVersion, {
      version: 2,
      files: [],
      spent: [],
    });
  }

  get path(): string {
    return this.#file.path;
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  /** Whether at the last reading something was in it that an older version knew of no config file in particular. */
  get holdsUnclaimed(): boolean {
    return this.#holdsUnclaimed;
  }

  /**
   * `null` where there is no file.
   *
   * @param configFile as it really is
   * @param isHeir whether what an older version knew is of this file
   */
  async read(configFile: string, isHeir: boolean): Promise<Knowledge | null> {
    const content = await this.#file.read();
    this.#holdsUnclaimed = content.files.some(({ path }) => path === null);
    // As it is written it has a section at least.
    if (content.files.length === 0) return null;
    return knowledgeOf(content, sectionOf(content, configFile, isHeir));
  }

  /**
   * Whether nothing was known of a config file when the keychain answered last, as far as an older version said of which
   * it knew something.
   */
  async isUnheardOf(configFile: string): Promise<boolean> {
    const { files } = await this.#file.read();
    return files.every(
      ({ path, areOrphansUntold }) => path !== null && (path !== configFile || areOrphansUntold === true),
    );
  }

  /** Whether the keychain is still to say what it has of it. */
  async setOrphansUntold(configFile: string, areOrphansUntold: boolean): Promise<void> {
    const sectionIn = ({ files }: Content) => files.find(({ path }) => path === configFile);
    const before = sectionIn(await this.#file.read())?.areOrphansUntold ?? false;
    // A lock has a folder made for it.
    if (before === areOrphansUntold) return;
    await this.#file.update((content) => {
      const section = sectionIn(content);
      const others = content.files.filter((each) => each !== section);
      const own = { accounts: [], ...section, path: configFile, name: this.#name, areOrphansUntold };
      return { ...content, files: [...others, own] };
    });
  }

  /** What is known of every other config file's accounts. */
  async sectionsElsewhere(configFile: string): Promise<readonly Section[]> {
    const { files } = await this.#file.read();
    return files.flatMap((section) => {
      const { path, name } = section;
      return path === null || path === configFile ? [] : [{ path, name, records: recordsOf(section) }];
    });
  }

  /** Of another config file these accounts are known no more. */
  async forgetElsewhere(configFile: string, ids: readonly string[]): Promise<void> {
    await this.#file.update((content) => ({
      ...content,
      files: content.files.map((section) => {
        const isLeft = (each: unknown) => !v.is(storedSchema, each) || !ids.includes(each.id);
        return section.path === configFile
          ? { ...section, accounts: section.accounts.filter(isLeft) }
          : section;
      }),
    }));
  }

  /** Replaces all that is known of the file's accounts (`null`: there is no file) by what `change` makes of it. */
  async update(
    configFile: string,
    isHeir: boolean,
    change: (knowledge: Knowledge | null) => Knowledge,
  ): Promise<void> {
    await this.#file.update((content) => {
      const section = sectionOf(content, configFile, isHeir);
      const before = content.files.length === 0 ? null : knowledgeOf(content, section);
      const after = change(before);
      if (after === before) return content;
      return withKnowledge(content, section, after, { path: configFile, name: this.#name });
    });
  }

  /** The same of another config file, where anything is known of it. */
  async updateElsewhere(configFile: string, change: (knowledge: Knowledge) => Knowledge): Promise<void> {
    await this.#file.update((content) => {
      const section = content.files.find(({ path }) => path === configFile);
      if (section === undefined) return content;
      const before = knowledgeOf(content, section);
      const after = change(before);
      return after === before ? content : withKnowledge(content, section, after, section);
    });
  }
}

/** What is stored once this is known of one config file's accounts, and of tokens. */
function withKnowledge(
  content: Content,
  section: File | undefined,
  after: Knowledge,
  { path, name }: Pick<File, 'path' | 'name'>,
): Content {
  const old = new Map(readable(section).map((stored) => [stored.id, stored]));
  const strange = (section?.accounts ?? []).filter((each) => !v.is(storedSchema, each));
  const known = [...after.records].map(([id, record]) => storedOf(id, record, old.get(id)));
  const accounts = [...strange, ...known];
  const others = content.files.filter((each) => each !== section);
  const accountsInAll = after.records.size + after.recordsElsewhere.length;
  const most = SPENT_LENGTH + SPENT_PER_ACCOUNT * accountsInAll;
  const spent = [...after.spent].slice(-most).map(([token, by]) => ({ token, by }));
  return { ...content, files: [...others, { ...section, path, name, accounts }], spent };
}

/** What there is of a config file: its own, else what an older version left to whom it may be of. */
function sectionOf({ files }: Content, configFile: string, isHeir: boolean): File | undefined {
  const own = files.find(({ path }) => path === configFile);
  return own ?? (isHeir ? files.find(({ path }) => path === null) : undefined);
}

function knowledgeOf({ files, spent }: Content, section: File | undefined): Knowledge {
  const others = files.filter((each) => each !== section);
  return {
    records: recordsOf(section),
    recordsElsewhere: others.flatMap((each) => readable(each).map(recordOf)),
    spent: new Map(spent.map(({ token, by }) => [token, by])),
  };
}

function recordsOf(section: File | undefined): ReadonlyMap<string, AccountRecord> {
  return new Map(readable(section).map((stored) => [stored.id, recordOf(stored)]));
}

function recordOf(stored: Stored): AccountRecord {
  const { owner, known, tookOver } = stored;
  return {
    owner: owner === null ? null : ownerOf(owner),
    isOwnerSure: stored.isOwnerSure,
    accessIssuedAt: fromText(stored.accessIssuedAt),
    loginIssuedAt: fromText(stored.loginIssuedAt),
    loginExpiresAt: fromText(stored.loginExpiresAt),
    issuedBy: stored.issuedBy,
    refusedBy: stored.refusedBy,
    claudeCodes: stored.claudeCodes,
    history: historyFromText(stored.history),
    tookOver: tookOver === null ? null : { ...tookOver, accessIssuedAt: fromText(tookOver.accessIssuedAt) },
    known: known === null ? null : { ...known, accessExpiresAt: fromText(known.accessExpiresAt) },
    beside: stored.beside,
    storage: stored.storage,
    displacedFrom: stored.displacedFrom,
    movedFrom: stored.movedFrom,
    cameFrom: stored.cameFrom,
    learntIn: stored.learntIn,
  };
}

/** @param old its fields that a newer program of the same version added survive */
function storedOf(id: string, record: AccountRecord, old: Stored | undefined): Stored {
  const { owner, known, tookOver } = record;
  return {
    ...old,
    id,
    owner: owner === null ? null : { ...old?.owner, ...owner },
    isOwnerSure: record.isOwnerSure,
    accessIssuedAt: toText(record.accessIssuedAt),
    loginIssuedAt: toText(record.loginIssuedAt),
    loginExpiresAt: toText(record.loginExpiresAt),
    issuedBy: record.issuedBy,
    refusedBy: record.refusedBy,
    claudeCodes: record.claudeCodes,
    history: [...historyToText(record.history, old?.history ?? [])],
    tookOver: tookOver === null ? null : { ...tookOver, accessIssuedAt: toText(tookOver.accessIssuedAt) },
    known:
      known === null
        ? null
        : {
            digest: known.digest,
            access: known.access,
            token: known.token,
            past: [...known.past],
            accessExpiresAt: toText(known.accessExpiresAt),
          },
    beside: [...record.beside],
    storage: record.storage,
    displacedFrom: record.displacedFrom,
    movedFrom: record.movedFrom,
    cameFrom: record.cameFrom,
    learntIn: record.learntIn,
  };
}

/** The owner without fields that a newer program of the same version added. */
function ownerOf(stored: Owner): Owner {
  const { accountUuid, email, displayName, organizationUuid, organizationName, plan } = stored;
  return { accountUuid, email, displayName, organizationUuid, organizationName, plan };
}
