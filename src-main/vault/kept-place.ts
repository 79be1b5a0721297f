import { failureOf, type Failure } from '../domain/failure.ts';
import type { CredentialPlace, PlaceRoom } from './place.ts';
import type { KeptCredential, PreparedRescue, RescueFile } from './records/rescue-file.ts';

/** One as it is kept now. */
export interface FoundKept extends KeptCredential {
  /** Else it is gone with this process. */
  readonly isOnDisk: boolean;
}

/** All that is kept, as it was found. */
export interface FoundKepts {
  /** By credential id. */
  readonly kept: ReadonlyMap<string, FoundKept>;
  /** What was kept for other config files: this one may be one of those, moved or reached by another way. */
  readonly elsewhere: readonly FoundKept[];
}

/** Credentials that are not in the config file: in `rescue.json`, or in memory where that cannot be written. */
export class KeptPlace implements CredentialPlace {
  readonly takes = 'waiting';
  readonly isLasting = true;
  readonly #file: RescueFile;
  readonly #configFile: () => Promise<string>;
  readonly #inMemory = new Map<string, KeptCredential>();
  /** What this process has written to the file: a folder that somebody removes takes it away from there only. */
  readonly #written = new Map<string, KeptCredential>();
  #obstacle: Failure | null = null;
  #isBlind = true;
  /** Whether what an older version kept, which did not say of which config file, is of this one. */
  isHeir = false;

  /** @param configFile as it really is, through links */
  constructor(file: RescueFile, configFile: () => Promise<string>) {
    this.#file = file;
    this.#configFile = configFile;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  /** Whether this process has never seen what is kept, since that can be read no more. */
  get isBlind(): boolean {
    return this.#isBlind;
  }

  async read(): Promise<readonly KeptCredential[]> {
    return [...(await this.find()).kept.values()];
  }

  /** Never rejects: what cannot be read is told. */
  async find(tell: (failure: Failure) => void = () => undefined): Promise<FoundKepts> {
    const kept = new Map<string, FoundKept>();
    let elsewhere: readonly KeptCredential[] = [];
    try {
      const content = await this.#file.read(await this.#configFile(), this.isHeir);
      for (const each of content?.ours ?? []) kept.set(each.credential.id, { ...each, isOnDisk: true });
      elsewhere = content?.others ?? [];
      if (content === null)
        for (const [id, each] of this.#written) kept.set(id, { ...each, isOnDisk: false });
      this.#isBlind = false;
    } catch (error) {
      tell(failureOf(error));
    }
    for (const [id, each] of this.#inMemory) kept.set(id, { ...each, isOnDisk: false });
    return { kept, elsewhere: elsewhere.map((each) => ({ ...each, isOnDisk: true })) };
  }

  /** Takes room on the disk for one more. @throws FailureError `data-not-writable` */
  async prepare(): Promise<PlaceRoom> {
    const configFile = await this.#configFile();
    const room = await this.#file.prepare();
    return {
      draft: (kept) => this.#file.draft(configFile, kept, room),
      keep: (kept) => this.#keep(kept, room),
      release: () => room.release(),
    };
  }

  /** On disk when this resolves, else in memory. */
  async keep(kept: readonly KeptCredential[]): Promise<void> {
    await this.#keep(kept, null);
  }

  async #keep(kept: readonly KeptCredential[], room: PreparedRescue | null): Promise<void> {
    try {
      await this.#file.keep(await this.#configFile(), kept, room);
      for (const each of kept) {
        this.#inMemory.delete(each.credential.id);
        this.#written.set(each.credential.id, each);
      }
      this.#obstacle = null;
    } catch (error) {
      for (const each of kept) this.#inMemory.set(each.credential.id, each);
      this.#obstacle = failureOf(error);
    }
  }

  async forget(ids: readonly string[]): Promise<void> {
    for (const map of [this.#inMemory, this.#written]) for (const id of ids) map.delete(id);
    try {
      await this.#file.forget(await this.#configFile(), ids, this.isHeir);
      this.#obstacle = null;
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
  }
}
