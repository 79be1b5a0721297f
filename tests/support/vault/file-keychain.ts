import { readFileSync } from 'node:fs';
import type { Copy, KeptCopy, Keychain } from '../../../src-main/vault/keychain/keychain.ts';
import { writeFileAtomically } from '../../../src-main/vault/files/atomic-write.ts';

/** A keychain that several processes share, and that outlives them: a file. */
export class FileKeychain implements Keychain {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async keep(copies: readonly KeptCopy[]): Promise<void> {
    const ids = copies.map(({ credential }) => credential.id);
    const added = copies.map((copy): Copy => ({ ...copy, isOld: false, isFormer: false }));
    await this.#write([...this.#read().filter(({ credential }) => !ids.includes(credential.id)), ...added]);
  }

  read(): Promise<readonly Copy[]> {
    return Promise.resolve(this.#read());
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.#write(this.#read().filter(({ credential }) => !ids.includes(credential.id)));
  }

  #read(): readonly Copy[] {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as readonly Copy[];
    } catch {
      return [];
    }
  }

  #write(copies: readonly Copy[]): Promise<void> {
    return writeFileAtomically(this.#path, JSON.stringify(copies));
  }
}
