import type { Credential } from '../domain/credential.ts';
import type { CredentialPlace, PlacedCredential } from './place.ts';

/** The last good credential of each account, in case another program destroys the file. Gone with this process. */
export class MemoryPlace implements CredentialPlace {
  readonly takes = 'copies';
  readonly isLasting = false;
  readonly obstacle = null;
  readonly #copies = new Map<string, PlacedCredential>();

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
    for (const id of ids) this.#copies.delete(id);
    return Promise.resolve();
  }

  /** The same as `read` for one, at once. */
  copyOf(id: string): Credential | null {
    return this.#copies.get(id)?.credential ?? null;
  }

  hold(credential: Credential, replaces: readonly string[] = []): void {
    this.#copies.set(credential.id, { credential, replaces });
  }
}
