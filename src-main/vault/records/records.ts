import { failureOf, type Failure } from '../../domain/failure.ts';
import type { AccountsFile, AccountRecord, Knowledge } from './accounts-file.ts';

/**
 * What is known of the accounts of one config file. Where it cannot be written down it is known until this process
 * ends: else the same would happen to an account again and again.
 */
export class Records {
  readonly #file: AccountsFile;
  readonly #configFile: () => Promise<string>;
  /** Changes that are not written down; `null`: nothing is known of that account any more. */
  #unsaved: {
    readonly records: Map<string, AccountRecord | null>;
    readonly spent: Map<string, string>;
  } | null = null;
  #failure: Failure | null = null;
  /** What was read or written last, for when nothing can be read. */
  #last: Knowledge = { records: new Map(), spent: new Map() };
  /** Whether what an older version knew, which did not say of which config file, is of this one. */
  isHeir = true;

  /** @param configFile as it really is, through links */
  constructor(file: AccountsFile, configFile: () => Promise<string>) {
    this.#file = file;
    this.#configFile = configFile;
  }

  /** Why the last change is not written down; `null` while it is. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** @throws FailureError `data-not-writable` */
  async read(): Promise<Knowledge> {
    this.#last = await this.#file.read(await this.#configFile(), this.isHeir);
    return this.#withUnsaved(this.#last);
  }

  /** The same where nothing can be read: what this process knows. Never rejects. */
  async readAsFarAsPossible(tell: (failure: Failure) => void = () => undefined): Promise<Knowledge> {
    try {
      return await this.read();
    } catch (error) {
      tell(failureOf(error));
      return this.#withUnsaved(this.#last);
    }
  }

  /** One write, whatever `change` changes. Never rejects: what stands in the way is `failure`. */
  async update(change: (knowledge: Knowledge) => Knowledge): Promise<void> {
    try {
      await this.#file.update(await this.#configFile(), this.isHeir, (saved) =>
        change(this.#withUnsaved(saved)),
      );
      this.#unsaved = null;
      this.#failure = null;
    } catch (error) {
      this.#failure = failureOf(error);
      // Reading needs no lock: what is known goes on from what is there.
      this.#hold(await this.readAsFarAsPossible(), change);
    }
  }

  #hold(before: Knowledge, change: (knowledge: Knowledge) => Knowledge): void {
    const after = change(before);
    const held = this.#unsaved ?? { records: new Map(), spent: new Map() };
    for (const id of before.records.keys()) if (!after.records.has(id)) held.records.set(id, null);
    for (const [id, record] of after.records)
      if (before.records.get(id) !== record) held.records.set(id, record);
    for (const [token, by] of after.spent) if (!before.spent.has(token)) held.spent.set(token, by);
    this.#unsaved = held;
  }

  #withUnsaved(saved: Knowledge): Knowledge {
    if (this.#unsaved === null) return saved;
    const records = new Map(saved.records);
    for (const [id, record] of this.#unsaved.records) {
      if (record === null) records.delete(id);
      else records.set(id, record);
    }
    return { records, spent: new Map([...saved.spent, ...this.#unsaved.spent]) };
  }
}
