import { readFileSync } from 'node:fs';
import { FailureError, type KeychainObstacle } from '../../../src-main/domain/failure.ts';
import { writeFileAtomically } from '../../../src-main/vault/files/atomic-write.ts';
import type { Passwords } from '../../../src-main/vault/keychain/passwords.ts';

/** A keychain for secrets by name that several processes share, and that outlives them: a file. */
export class FilePasswords implements Passwords {
  /** Why it answers nothing; `null` while it does. */
  obstacle: KeychainObstacle | null = null;
  /** Called before and after each thing that is asked of it. */
  onStep: (step: string) => void = () => undefined;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  keep(name: string, password: string): Promise<void> {
    return this.#asked('keep', () => this.#write({ ...this.all(), [name]: password }));
  }

  read(name: string): Promise<string | null> {
    return this.#asked('read', () => Promise.resolve(this.all()[name] ?? null));
  }

  forget(name: string): Promise<void> {
    return this.#asked('forget', () => {
      const others = Object.entries(this.all()).filter(([each]) => each !== name);
      return this.#write(Object.fromEntries(others));
    });
  }

  all(): Readonly<Record<string, string>> {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as Readonly<Record<string, string>>;
    } catch {
      return {};
    }
  }

  async #asked<T>(step: string, work: () => Promise<T>): Promise<T> {
    this.onStep(`before ${step}`);
    const { obstacle } = this;
    if (obstacle !== null) throw new FailureError({ code: 'keychain-unavailable', reason: obstacle });
    const answer = await work();
    this.onStep(`after ${step}`);
    return answer;
  }

  #write(all: Readonly<Record<string, string>>): Promise<void> {
    return writeFileAtomically(this.#path, JSON.stringify(all));
  }
}
