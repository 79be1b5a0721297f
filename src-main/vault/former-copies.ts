import { credentialDigest, tokenTrace } from './credential-trace.ts';
import type { Places } from './places.ts';
import type { PlacedCredential } from './place.ts';

/**
 * The logins that other programs' sign-ins took the place of, on disk until the service has told whose those are.
 */
export class FormerCopies {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /** Never rejects: what cannot be read is none. */
  async read(): Promise<readonly PlacedCredential[]> {
    const { rescueFile } = this.#places;
    return rescueFile.readFormer(await this.#places.realPath()).catch(() => []);
  }

  /** Keeps what is held of these accounts, unless it is where it lasts. Never rejects: it is held in memory all the same. */
  async keep(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    // A copy gives way to the next renewal. What the person wants in the keychain alone is in no file of ours.
    const read = await this.#places.secrets.read();
    const digests = new Set(read.map(({ credential }) => credentialDigest(credential)));
    const spent = new Set(read.flatMap(({ replaces }) => replaces));
    const held = (await this.#places.inMemory.read()).filter(
      ({ credential }) =>
        ids.includes(credential.id) &&
        !digests.has(credentialDigest(credential)) &&
        !spent.has(tokenTrace(credential.refreshToken) ?? ''),
    );
    if (held.length === 0) return;
    const { rescueFile } = this.#places;
    await rescueFile.keepFormer(await this.#places.realPath(), held).catch(() => undefined);
  }

  /** Never rejects: what is left is spent, or stands elsewhere by now. */
  async forget(ids: readonly string[]): Promise<void> {
    if ((await this.read()).every(({ credential }) => !ids.includes(credential.id))) return;
    await this.#places.rescueFile.forgetFormer(await this.#places.realPath(), ids).catch(() => undefined);
  }
}
