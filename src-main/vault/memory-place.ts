import type { Credential } from '../domain/credential.ts';
import type { SpentTokens } from '../domain/entry-change.ts';
import { tokenTrace } from './credential-trace.ts';
import type { CredentialPlace, PlacedCredential } from './place.ts';

/** Another program may renew that often before the service has told whose a login is. */
const MOST_FORMER = 8;

/** The last good credential of each account, in case another program destroys the file. Gone with this process. */
export class MemoryPlace implements CredentialPlace {
  readonly takes = 'copies';
  readonly isLasting = false;
  readonly obstacle = null;
  readonly #copies = new Map<string, PlacedCredential>();
  /** What each took the place of, the latest last: it may have been another login, which only the service can tell. */
  readonly #former = new Map<string, readonly PlacedCredential[]>();

  read(): Promise<readonly PlacedCredential[]> {
    return Promise.resolve([...this.#copies.values()]);
  }

  prepare(): Promise<null> {
    return Promise.resolve(null);
  }

  keep(credentials: readonly PlacedCredential[]): Promise<void> {
    for (const each of credentials) this.hold(each.credential, each.replaces);
    return Promise.resolve();
  }

  forget(ids: readonly string[]): Promise<void> {
    for (const map of [this.#copies, this.#former]) for (const id of ids) map.delete(id);
    return Promise.resolve();
  }

  /** The same as `read` for one, at once. */
  copyOf(id: string): PlacedCredential | null {
    return this.#copies.get(id) ?? null;
  }

  /** Those that were held before the present one. */
  formerOf(id: string): readonly PlacedCredential[] {
    return this.#former.get(id) ?? [];
  }

  /** The refresh tokens that were spent for what is held: a backup that comes back takes that out of every file. */
  get renewed(): SpentTokens {
    const renewed = new Map<string, string>();
    for (const { credential, replaces } of this.#copies.values()) {
      const by = tokenTrace(credential.refreshToken);
      for (const token of replaces) if (by !== null && by !== token) renewed.set(token, by);
    }
    return renewed;
  }

  /** @param replaces left out: nothing is known of that but what was */
  hold(credential: Credential, replaces?: readonly string[]): void {
    const before = this.#copies.get(credential.id);
    const isSame = before?.credential.refreshToken === credential.refreshToken;
    if (before !== undefined && !isSame) {
      this.#former.set(credential.id, [...this.formerOf(credential.id), before].slice(-MOST_FORMER));
    }
    this.#copies.set(credential.id, { credential, replaces: replaces ?? (isSame ? before.replaces : []) });
  }
}
