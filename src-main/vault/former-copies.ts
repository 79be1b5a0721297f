import type { Credential } from '../domain/credential.ts';
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
    return this.#places.readFormer();
  }

  /** Keeps what is held of these accounts, unless it is where it lasts. Never rejects: it is held in memory all the same. */
  async keep(accounts: readonly string[]): Promise<void> {
    if (accounts.length === 0) return;
    // Of each the first, until that is forgotten.
    const there = new Set((await this.read()).map(({ credential }) => credential.id));
    const ids = accounts.filter((id) => !there.has(id));
    if (ids.length === 0) return;
    // A copy gives way to the next renewal. What the person wants in the keychain alone is in no file of ours.
    const read = await this.#places.secrets.read();
    const digests = new Set(read.map(({ credential }) => credentialDigest(credential)));
    const spent = new Set(read.flatMap(({ replaces }) => replaces));
    const { records } = await this.#places.records.readAsFarAsPossible();
    const isLast = ({ id, ...tokens }: Credential) => {
      const { known, tookOver } = records.get(id) ?? {};
      return (tookOver ?? known)?.digest === credentialDigest(tokens);
    };
    const inMemory = (await this.#places.inMemory.read()).filter(({ credential }) => isLast(credential));
    const isHeld = (id: string) => inMemory.some(({ credential }) => credential.id === id);
    // Where nobody looked while it was replaced only a copy is left, which the next renewal would take the place of.
    const lasting = ids.every(isHeld) ? [] : this.#places.taking('copies').filter((each) => each.isLasting);
    const copies = (await Promise.all(lasting.map((place) => place.read()))).flatMap((each) => each ?? []);
    const found = [...inMemory, ...copies.filter(({ credential }) => isLast(credential))];
    const held = found.filter(
      ({ credential }, at) =>
        ids.includes(credential.id) &&
        found.findIndex((each) => each.credential.id === credential.id) === at &&
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
