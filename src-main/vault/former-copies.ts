import { entryLoss } from '../domain/history.ts';
import { credentialDigest, tokenTrace } from './credential-trace.ts';
import type { Places } from './places.ts';
import type { PlacedCredential } from './place.ts';
import type { AccountRecord } from './records/account-record.ts';

/**
 * The logins that other programs' sign-ins took the place of, and those that came there, on disk until the service has
 * told whose those are: it is asked with the one that came, which may be in no file by then. Each is known by its digest,
 * whatever its id: it is let go when no record says any more that nobody knows.
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

  /**
   * Keeps those of these that are held, unless they are where they last. Never rejects: they are held in memory all the
   * same.
   *
   * @param digests of the credentials
   */
  async keep(digests: readonly string[]): Promise<void> {
    if (digests.length === 0) return;
    const there = new Set((await this.read()).map(digestOf));
    const sought = new Set(digests.filter((digest) => !there.has(digest)));
    if (sought.size === 0) return;
    // A copy gives way to the next renewal. What the person wants in the keychain alone is in no file of ours.
    const read = await this.#places.secrets.read();
    const secret = new Set(read.map(digestOf));
    const spent = new Set(read.flatMap(({ replaces }) => replaces));
    const inMemory = (await this.#places.inMemory.read()).filter((each) => sought.has(digestOf(each)));
    const isHeld = (digest: string) => inMemory.some((each) => digestOf(each) === digest);
    // Where nobody looked while it was replaced only a copy is left, which the next renewal would take the place of.
    const isAllHeld = [...sought].every(isHeld);
    const { beside, secrets } = this.#places;
    const lasting = isAllHeld ? [] : beside.filter((each) => each.isLasting && each !== secrets);
    const copies = (await Promise.all(lasting.map((place) => place.read()))).flatMap((each) => each ?? []);
    const found = [...inMemory, ...copies.filter((each) => sought.has(digestOf(each)))];
    const held = found.filter(
      (each, at) =>
        found.findIndex((other) => digestOf(other) === digestOf(each)) === at &&
        !secret.has(digestOf(each)) &&
        !spent.has(tokenTrace(each.credential.refreshToken) ?? ''),
    );
    if (held.length === 0) return;
    const { rescueFile } = this.#places;
    await rescueFile.keepFormer(await this.#places.realPath(), held).catch(() => undefined);
  }

  /** To be called while nobody else changes credentials. Never rejects: what is left is let go the next time. */
  async letGo(): Promise<void> {
    const former = await this.read();
    if (former.length === 0) return;
    const known = await this.#places.records.read().catch(() => null);
    // Nobody can tell then which of them are sought still.
    if (known === null) return;
    const sought = new Set([...known.records.values()].flatMap(soughtOf));
    const over = former.filter((each) => !sought.has(digestOf(each)));
    if (over.length === 0) return;
    await this.#places.rescueFile.forgetFormer(await this.#places.realPath(), over).catch(() => undefined);
  }
}

/** Once it is told whose the one is that came it is lost where another one stands in the entry: it is offered next. */
function soughtOf(record: AccountRecord): readonly string[] {
  const { known, tookOver, isOwnerSure, history } = record;
  const isUntold = tookOver !== null && !isOwnerSure;
  const isCopy = known !== null && (isUntold || entryLoss(history) === 'replaced');
  return [...(tookOver === null ? [] : [tookOver.digest]), ...(isCopy ? [known.digest] : [])];
}

function digestOf({ credential }: PlacedCredential): string {
  return credentialDigest(credential);
}
