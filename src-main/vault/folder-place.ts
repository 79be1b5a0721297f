import type { Credential } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import { credentialDigest } from './credential-trace.ts';
import { withoutOutdone, type CredentialPlace, type PlacedCredential } from './place.ts';
import type { CopiesFile, CopyOfFile } from './records/copies-file.ts';

/**
 * A second copy of each credential in our own folder, where no keychain takes one: else the config file alone would have
 * it while no Latchkey runs, and other programs write that file.
 */
export class FolderPlace implements CredentialPlace {
  readonly takes = 'copies';
  readonly isLasting = true;
  readonly #file: CopiesFile;
  readonly #configFile: () => Promise<string>;
  /** Whether copies are to be kept here; those that the keychain has are not. */
  readonly #isNeeded: () => boolean;
  #obstacle: Failure | null = null;

  /** @param configFile as it really is, through links */
  constructor(file: CopiesFile, configFile: () => Promise<string>, isNeeded: () => boolean) {
    this.#file = file;
    this.#configFile = configFile;
    this.#isNeeded = isNeeded;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  async read(): Promise<readonly PlacedCredential[] | null> {
    return this.#tried(async () => this.#file.read(await this.#configFile()));
  }

  /** What is kept for other config files; nothing where it cannot be read. Never rejects. */
  async readElsewhere(): Promise<readonly CopyOfFile[]> {
    return (await this.#tried(async () => this.#file.readElsewhere(await this.#configFile()))) ?? [];
  }

  /** What keeps copies from being here, where they are to be. */
  get missed(): Failure | null {
    return this.#isNeeded() ? this.#obstacle : null;
  }

  /** Whether one of these is to be kept here, and is not. Never rejects. */
  async isMissing(credentials: readonly Credential[]): Promise<boolean> {
    if (credentials.length === 0 || !this.#isNeeded()) return false;
    const kept = new Set((await this.read())?.map(({ credential }) => credentialDigest(credential)));
    return this.#obstacle === null && !credentials.every((each) => kept.has(credentialDigest(each)));
  }

  /** Whatever has room here has it in the same folder for what waits. */
  prepare(): Promise<null> {
    return Promise.resolve(null);
  }

  async keep(credentials: readonly PlacedCredential[], areFound = true): Promise<void> {
    if (credentials.length === 0) return;
    await this.#tried(async () => {
      const [configFile, kept] = [await this.#configFile(), (await this.read()) ?? []];
      const news = areFound ? withoutOutdone(credentials, kept) : credentials;
      if (this.#isNeeded()) await this.#file.keep(configFile, news);
      // What is newer here the keychain has not taken.
      else await this.#forget(news.map(({ credential }) => credential.id));
    });
  }

  /** @throws FailureError `data-not-writable` */
  async forget(ids: readonly string[]): Promise<void> {
    try {
      await this.#forget(ids);
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
  }

  /** Without a lock where there is nothing, as on a machine with a keychain. */
  async #forget(ids: readonly string[]): Promise<void> {
    const configFile = await this.#configFile();
    const kept = await this.#file.read(configFile);
    if (kept.some(({ credential }) => ids.includes(credential.id))) await this.#file.forget(configFile, ids);
  }

  async #tried<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const result = await work();
      this.#obstacle = null;
      return result;
    } catch (error) {
      this.#obstacle = failureOf(error);
      return null;
    }
  }
}
