import { FailureError, type Failure } from '../../../src-main/domain/failure.ts';
import type { Copy, KeptCopy, Keychain } from '../../../src-main/vault/keychain/keychain.ts';

/** A keychain in memory, whose content can be looked at, and which can be locked. */
export class MemoryKeychain implements Keychain {
  isLocked = false;
  readonly copies = new Map<string, Copy>();

  async keep(copies: readonly KeptCopy[]): Promise<void> {
    await this.asked();
    for (const copy of copies)
      this.copies.set(copy.credential.id, { ...copy, isOld: false, isFormer: false });
  }

  async read(): Promise<readonly Copy[]> {
    await this.asked();
    return [...this.copies.values()];
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.asked();
    for (const id of ids) this.copies.delete(id);
  }

  /** A call has come. */
  protected asked(): Promise<void> {
    const failure: Failure = { code: 'keychain-unavailable', reason: 'locked' };
    return this.isLocked ? Promise.reject(new FailureError(failure)) : Promise.resolve();
  }
}

/** A keychain that holds what is of each config file under a name of its own. */
export function memoryKeychains(): (configFile: string) => MemoryKeychain {
  const byPath = new Map<string, MemoryKeychain>();
  return (path) => {
    const keychain = byPath.get(path) ?? new MemoryKeychain();
    byPath.set(path, keychain);
    return keychain;
  };
}
