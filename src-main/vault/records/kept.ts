import { failureOf, FailureError, type Failure } from '../../domain/failure.ts';
import type { PreparedRescue, RescueFile, KeptCredential } from './rescue-file.ts';

/** Credentials that are not in the config file: in `rescue.json`, or in memory where that cannot be written. */
export class KeptCredentials {
  readonly #file: RescueFile;
  readonly #configFile: () => Promise<string>;
  readonly #inMemory = new Map<string, KeptCredential>();
  /** As `Records.isHeir`. */
  isHeir = true;

  /** @param configFile as it really is, through links */
  constructor(file: RescueFile, configFile: () => Promise<string>) {
    this.#file = file;
    this.#configFile = configFile;
  }

  /** By credential id. What cannot be read is told. */
  async read(tell: (failure: Failure) => void): Promise<ReadonlyMap<string, KeptCredential>> {
    const saved: (readonly [string, KeptCredential])[] = [];
    try {
      const kept = await this.#file.read(await this.#configFile(), this.isHeir);
      saved.push(...kept.map((each) => [each.credential.id, each] as const));
    } catch (error) {
      tell(failureOf(error));
    }
    return new Map([...saved, ...this.#inMemory]);
  }

  /** @returns why it is in memory only; `null` where it is on disk */
  async keep(kept: readonly KeptCredential[], room: PreparedRescue | null): Promise<FailureError | null> {
    try {
      await this.#file.keep(await this.#configFile(), kept, room);
      for (const { credential } of kept) this.#inMemory.delete(credential.id);
      return null;
    } catch (error) {
      for (const each of kept) this.#inMemory.set(each.credential.id, each);
      return new FailureError(failureOf(error), { cause: error });
    }
  }

  /** @throws FailureError `data-not-writable`: some may be left, and are known to be old */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#inMemory.delete(id);
    await this.#file.forget(await this.#configFile(), ids, this.isHeir);
  }

  /** Takes room on the disk for one more. @throws FailureError `data-not-writable` */
  async prepare(): Promise<PreparedRescue> {
    return this.#file.prepare();
  }
}
