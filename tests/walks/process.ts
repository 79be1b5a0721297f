// Several processes in this one: a kill ends what one of them does at its next operation on a file, a request or a
// question to the keychain, as SIGKILL would, and leaves the others alone. What is under way then is carried out and
// not heard of. Node's file operations are replaced for that, in the whole program.
import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** Folders of a disk on which nothing more goes. */
export class Disk {
  #full: readonly string[] = [];
  wasEverFull = false;

  get full(): readonly string[] {
    return this.#full;
  }

  set full(folders: readonly string[]) {
    this.#full = folders;
    this.wasEverFull ||= folders.length > 0;
  }

  takes(path: string | undefined): boolean {
    return path === undefined || !this.#full.some((folder) => path.startsWith(folder));
  }
}

const current = new AsyncLocalStorage<Process | null>();

/** Does what another program, or a person, does: it lives on whoever is killed, and has a disk of its own. */
export function outside<T>(work: () => T): T {
  return current.run(null, work);
}

export class Process {
  readonly name: string;
  readonly disk: Disk;
  isDead = false;
  /** Changes of files that are left to it. */
  changesLeft = Infinity;
  /** File operations that have not ended. */
  underWay = 0;

  constructor(name: string, disk: Disk) {
    this.name = name;
    this.disk = disk;
  }

  run<T>(work: () => T): T {
    return current.run(this, work);
  }

  /** @throws KilledError where it is dead, or has to die here */
  step(isChange = false): void {
    if (isChange && --this.changesLeft < 0) this.isDead = true;
    if (this.isDead) throw new KilledError(`${this.name} was killed`);
  }
}

type Operation = (this: object, ...args: unknown[]) => Promise<unknown>;
const CHANGES = ['open', 'writeFile', 'rename', 'rm', 'mkdir', 'unlink', 'copyFile', 'chmod', 'symlink'];
const CHANGES_OF_HANDLES = ['writeFile', 'write', 'truncate', 'sync', 'datasync', 'chmod', 'chown'];
const LOOKS = ['readFile', 'stat', 'lstat', 'readdir', 'readlink', 'realpath', 'access'];
/** Where the open files are. */
const paths = new WeakMap<object, string>();
const { existsSync } = fs;

function replace(owner: object, name: string, isChange: boolean): void {
  const original = Reflect.get(owner, name) as Operation;
  const replacement: Operation = async function (...args) {
    const process = current.getStore();
    if (process == null) return original.apply(this, args);
    process.step(isChange);
    const path = typeof args[0] === 'string' && owner === fs.promises ? args[0] : paths.get(this);
    const needsRoom =
      name.startsWith('write') || (name === 'open' && creates(args[1]) && !existsSync(path ?? ''));
    if (needsRoom && !process.disk.takes(path))
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    process.underWay += 1;
    try {
      const found = await original.apply(this, args);
      if (name === 'open' && path !== undefined) paths.set(found as object, path);
      process.step();
      return found;
    } finally {
      process.underWay -= 1;
    }
  };
  Reflect.set(owner, name, replacement);
}

function creates(flags: unknown): boolean {
  return typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : /[wa]/.test(String(flags));
}

const handle = await fs.promises.open(import.meta.filename);
const handles = Object.getPrototypeOf(handle) as object;
await handle.close();
for (const name of CHANGES) replace(fs.promises, name, true);
for (const name of LOOKS) replace(fs.promises, name, false);
for (const name of CHANGES_OF_HANDLES) replace(handles, name, true);
for (const name of ['stat', 'readFile', 'read']) replace(handles, name, false);
syncBuiltinESMExports();
