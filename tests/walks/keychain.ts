import { FailureError } from '../../src-main/domain/failure.ts';
import type { Copy, KeptCopy, Keychain } from '../../src-main/vault/keychain/keychain.ts';
import type { Process } from './process.ts';

/** The system's keychain, by name as `SystemKeychain` has it: a config file that is made a link has other names then. */
export class NamedKeychain {
  isLocked = false;
  readonly #byName = new Map<string, Map<string, KeptCopy>>();

  /** All that it holds, whatever its name. */
  get held(): readonly KeptCopy[] {
    return [...this.#byName.values()].flatMap((copies) => [...copies.values()]);
  }

  /**
   * The same for a process, which asks nothing any more once it is killed.
   *
   * @param names the one that things are kept under now, and then former ones
   */
  under(names: () => Promise<readonly string[]>, process: Process): Keychain {
    const ask = async () => {
      process.step();
      if (this.isLocked) throw new FailureError({ code: 'keychain-unavailable', reason: 'locked' });
      return (await names()).map((name) => this.#copiesUnder(name));
    };
    return {
      keep: async (copies) => {
        const [now] = await ask();
        for (const copy of copies) now?.set(copy.credential.id, copy);
      },
      read: async () => {
        const found = await ask();
        return found.flatMap((copies, at) =>
          [...copies.values()].map((copy): Copy => ({ ...copy, isOld: false, isFormer: at > 0 })),
        );
      },
      forget: async (ids) => {
        for (const copies of await ask()) for (const id of ids) copies.delete(id);
      },
    };
  }

  #copiesUnder(name: string): Map<string, KeptCopy> {
    const copies = this.#byName.get(name) ?? new Map<string, KeptCopy>();
    this.#byName.set(name, copies);
    return copies;
  }
}
