import { failureOf, type Failure } from '../domain/failure.ts';
import { ConfigFile, type Decide, type EditOutcome, type PreparedEdit } from './config/config-file.ts';
import { credentialDigest } from './credential-trace.ts';
import { resolveLinks } from './files/atomic-write.ts';
import { KeptPlace } from './kept-place.ts';
import { KeychainPlace } from './keychain-place.ts';
import type { Keychain } from './keychain/keychain.ts';
import { withLessons, type Lesson } from './lessons.ts';
import { MemoryPlace } from './memory-place.ts';
import { AccountsFile } from './records/accounts-file.ts';
import { Records } from './records/records.ts';
import { RescueFile } from './records/rescue-file.ts';

export interface PlacesOptions {
  readonly configFile: string;
  readonly dataDir: string;
  /** `null`: none here. */
  readonly keychain: Keychain | null;
  /** How long a file that may be half written has to rest before it counts, in milliseconds. */
  readonly settleMs?: number;
}

/** Every place where a credential of one config file can lie, and what is known of them. */
export class Places {
  readonly configFile: ConfigFile;
  readonly dataDir: string;
  readonly accountsFile: AccountsFile;
  readonly rescueFile: RescueFile;
  readonly records: Records;
  readonly kept: KeptPlace;
  readonly inMemory = new MemoryPlace();
  readonly inKeychain: KeychainPlace;
  /** Why the last credential did not get into the config file. */
  #saveFailure: Failure | null = null;

  constructor({ configFile, dataDir, keychain, settleMs }: PlacesOptions) {
    this.configFile = new ConfigFile(configFile, {
      journalFolder: dataDir,
      ...(settleMs === undefined ? {} : { settleMs }),
    });
    this.dataDir = dataDir;
    // What is known belongs to one config file, as that really is: two of them must never meet.
    const realPath = () => resolveLinks(configFile).catch(() => configFile);
    this.accountsFile = new AccountsFile(dataDir);
    this.records = new Records(this.accountsFile, realPath);
    this.rescueFile = new RescueFile(dataDir);
    this.kept = new KeptPlace(this.rescueFile, realPath);
    this.inKeychain = new KeychainPlace(keychain, async ({ credential }) => {
      const { records } = await this.records.readAsFarAsPossible();
      return records.get(credential.id)?.known?.digest === credentialDigest(credential);
    });
  }

  get saveFailure(): Failure | null {
    return this.#saveFailure;
  }

  /** What we remember, and what is kept beside the config file. Never rejects. */
  async known() {
    return { ...(await this.records.readAsFarAsPossible()), kept: await this.kept.byId() };
  }

  /** Edits the config file, into the room that was prepared for it where there is one. Never rejects. */
  async edit(decide: Decide, prepared: PreparedEdit | null = null): Promise<Edited> {
    try {
      const { madePrivateFrom } = await (prepared === null
        ? this.configFile.edit(decide)
        : prepared.commit(decide));
      this.#saveFailure = null;
      return { failure: null, madePrivateFrom };
    } catch (error) {
      this.#saveFailure = failureOf(error);
      return { failure: this.#saveFailure, madePrivateFrom: null };
    }
  }

  /** What is left there is older than the entry, and known to be. */
  async forgetKept(ids: readonly string[]): Promise<void> {
    await this.kept.forget(ids).catch(() => undefined);
  }

  /** Remembers what one look taught, in one write, and keeps copies of what is present. Never rejects. */
  async learn(lessons: readonly Lesson[]): Promise<void> {
    if (lessons.length === 0) return;
    await this.records.update((knowledge) => withLessons(knowledge, lessons));
    const copies = lessons.flatMap(({ present, spends = [] }) =>
      present === undefined ? [] : { credential: present, replaces: spends },
    );
    for (const place of [this.inMemory, this.inKeychain]) await place.keep(copies);
  }
}

/** How an edit ended. */
export interface Edited extends Pick<EditOutcome, 'madePrivateFrom'> {
  readonly failure: Failure | null;
}
