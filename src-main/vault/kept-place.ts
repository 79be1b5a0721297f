import { failureOf, type Failure } from '../domain/failure.ts';
import type { CredentialPlace } from './place.ts';
import type { KeptCredential, PreparedRescue, RescueFile } from './records/rescue-file.ts';

/** One as it is kept now. */
export interface FoundKept extends KeptCredential {
  /** Else it is gone with this process. */
  readonly isOnDisk: boolean;
}

/** Credentials that are not in the config file: in `rescue.json`, or in memory where that cannot be written. */
export class KeptPlace implements CredentialPlace<KeptCredential> {
  readonly #file: RescueFile;
  readonly #configFile: () => Promise<string>;
  readonly #inMemory = new Map<string, KeptCredential>();
  #obstacle: Failure | null = null;
  /** Whether what an older version kept, which did not say of which config file, is of this one. */
  isHeir = true;

  /** @param configFile as it really is, through links */
  constructor(file: RescueFile, configFile: () => Promise<string>) {
    this.#file = file;
    this.#configFile = configFile;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  async read(): Promise<readonly KeptCredential[]> {
    return [...(await this.byId()).values()];
  }

  /** The same by credential id. */
  async byId(tell: (failure: Failure) => void = () => undefined): Promise<ReadonlyMap<string, FoundKept>> {
    let saved: readonly KeptCredential[] = [];
    try {
      saved = await this.#file.read(await this.#configFile(), this.isHeir);
    } catch (error) {
      tell(failureOf(error));
    }
    const found = new Map<string, FoundKept>();
    for (const each of saved) found.set(each.credential.id, { ...each, isOnDisk: true });
    for (const [id, each] of this.#inMemory) found.set(id, { ...each, isOnDisk: false });
    return found;
  }

  /** On disk when this resolves, else in memory. @param room of `prepare` */
  async keep(kept: readonly KeptCredential[], room: PreparedRescue | null = null): Promise<void> {
    try {
      await this.#file.keep(await this.#configFile(), kept, room);
      for (const { credential } of kept) this.#inMemory.delete(credential.id);
      this.#obstacle = null;
    } catch (error) {
      for (const each of kept) this.#inMemory.set(each.credential.id, each);
      this.#obstacle = failureOf(error);
    }
  }

  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#inMemory.delete(id);
    try {
      await this.#file.forget(await this.#configFile(), ids, this.isHeir);
      this.#obstacle = null;
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
  }

  /** Takes room on the disk for one more. @throws FailureError `data-not-writable` */
  async prepare(): Promise<PreparedRescue> {
    return this.#file.prepare();
  }
}
