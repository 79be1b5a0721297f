import type { Credential } from '../domain/credential.ts';
import { failureOf, isWithoutKeychain, type Failure } from '../domain/failure.ts';
import type { Copy, Keychain } from './keychain/keychain.ts';
import { withoutOutdone, type CredentialPlace, type PlacedCredential, type PlaceRoom } from './place.ts';

/** A second copy of each credential in the system keychain, where there is one and the person wants it. */
export class KeychainPlace implements CredentialPlace {
  readonly takes = 'copies';
  readonly #keychain: Keychain | null;
  /** The same under another config file's name. */
  readonly #at: (configFile: string) => Keychain | null;
  /** Whether a copy that was kept under a name of the file's path is of the file itself. */
  readonly #isOurs: (copy: Copy) => Promise<boolean>;
  #isOn = true;
  #obstacle: Failure | null = null;

  constructor(
    keychain: Keychain | null,
    at: (configFile: string) => Keychain | null,
    isOurs: (copy: Copy) => Promise<boolean>,
  ) {
    this.#keychain = keychain;
    this.#at = at;
    this.#isOurs = isOurs;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  /** Whether copies are kept from now on. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    if (!isOn) this.#obstacle = null;
  }

  get isOn(): boolean {
    return this.#isOn && this.#keychain !== null;
  }

  get isLasting(): boolean {
    return this.isOn;
  }

  async read(): Promise<readonly Copy[] | null> {
    return this.#tried((keychain) => this.#copiesIn(keychain));
  }

  /**
   * What lies there though the person wants none there any more: of a process that had begun before, or of a config file
   * that nobody had open then. Never rejects: who does without a keychain is told nothing of it.
   */
  async readLeft(): Promise<readonly Copy[]> {
    return this.#keychain === null || this.#isOn ? [] : this.#copiesIn(this.#keychain).catch(() => []);
  }

  /** Forgets what of that is signed out. Never rejects, as that. */
  async forgetLeft(isIts: (copy: Copy) => boolean): Promise<void> {
    const ids = (await this.readLeft()).filter(isIts).map(({ credential }) => credential.id);
    if (ids.length > 0) await this.#keychain?.forget(ids).catch(() => undefined);
  }

  async #copiesIn(keychain: Keychain): Promise<readonly Copy[]> {
    const copies = await keychain.read();
    const areOurs = await Promise.all(
      copies.map(async (copy) => !copy.isFormer || (await this.#isOurs(copy))),
    );
    return copies.filter((_, at) => areOurs[at]);
  }

  /** What is kept for another config file; `null` where it could not be read. Never rejects. */
  async readOf(configFile: string): Promise<readonly Copy[] | null> {
    return this.#tried(async () => (await this.#at(configFile)?.read()) ?? []);
  }

  /** Tries it: one that is locked tells so only then. There is nothing to try it with before a sign-in. */
  async prepare(sent: Credential | null): Promise<PlaceRoom | null> {
    if (!this.isOn || sent === null) return null;
    // What it was got for may be known from nowhere else, after a full disk.
    const there = (await this.read())?.find(
      ({ credential }) => credential.refreshToken === sent.refreshToken,
    );
    await this.keep([{ credential: sent, replaces: there?.replaces ?? [] }]);
    if (this.#obstacle !== null) return null;
    return {
      // It takes nothing at once.
      draft: () => undefined,
      keep: (credentials) => this.keep(credentials),
      release: () => Promise.resolve(),
    };
  }

  async keep(credentials: readonly PlacedCredential[], areFound = true): Promise<void> {
    if (credentials.length === 0) return;
    const done = await this.#tried(async (keychain) => {
      await keychain.keep(areFound ? withoutOutdone(credentials, await keychain.read()) : credentials);
      return true;
    });
    if (done === true) this.#obstacle = null;
  }

  /** Where there is no keychain there is no copy either, and nothing to tell. */
  async forget(ids: readonly string[]): Promise<void> {
    if (!this.isOn) return;
    try {
      await this.#keychain?.forget(ids);
    } catch (error) {
      const failure = failureOf(error);
      if (isWithoutKeychain(failure)) return;
      this.#obstacle = failure;
      throw error;
    }
  }

  async #tried<T>(work: (keychain: Keychain) => Promise<T>): Promise<T | null> {
    if (this.#keychain === null || !this.isOn) return null;
    try {
      return await work(this.#keychain);
    } catch (error) {
      this.#obstacle = failureOf(error);
      return null;
    }
  }
}
