import { constants } from 'node:fs';
import { access, lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileObstacle } from '../../domain/failure.ts';
import type { CommandPlace } from '../../domain/snapshot.ts';
import type { CommandOnPath } from '../../login/ports.ts';

const NAME = 'latchkey';
/** By which a script of ours is known, wherever the AppImage lay that made it. */
const MARK = '# Made by Latchkey, whose settings take it away again.';

/** A link to the package's own launcher, or, where a link would not do, a line that starts it. */
export type Launcher = { readonly target: string } | { readonly script: string };

/**
 * The command as a file in a folder of the path. What another program has put there under that name stays; what an older
 * place of this app has left there gives way.
 */
export class CommandLink implements CommandOnPath {
  readonly #launcher: Launcher;
  readonly #shared: readonly string[];
  readonly #own: string;

  /**
   * @param shared folders that are taken where they are there and may be written to without being asked
   * @param own the person's own, which is made where it is missing
   */
  constructor(launcher: Launcher, shared: readonly string[], own: string) {
    this.#launcher = launcher;
    this.#shared = shared;
    this.#own = own;
  }

  async look(): Promise<CommandPlace> {
    for (const folder of [...this.#shared, this.#own]) {
      const path = join(folder, NAME);
      if ((await this.#whose(path)) === 'ours') return { as: 'file', path, isOn: true };
    }
    return { as: 'file', path: join(await this.#folder(), NAME), isOn: false };
  }

  async set(on: boolean): Promise<void> {
    if (on) await this.#put(join(await this.#folder(), NAME));
    else for (const folder of [...this.#shared, this.#own]) await this.#takeAway(join(folder, NAME));
  }

  async #put(path: string): Promise<void> {
    if ((await this.#whose(path)) === 'another')
      throw Object.assign(new Error(path), { code: 'taken' satisfies FileObstacle });
    await mkdir(this.#own, { recursive: true });
    // Whoever calls it meanwhile finds the old one or the new one.
    const beside = `${path}.new`;
    await rm(beside, { force: true });
    if ('target' in this.#launcher) await symlink(this.#launcher.target, beside);
    else await writeFile(beside, this.#script(this.#launcher.script), { mode: 0o755 });
    await rename(beside, path);
  }

  async #takeAway(path: string): Promise<void> {
    if ((await this.#whose(path)) === 'ours') await rm(path);
  }

  async #folder(): Promise<string> {
    for (const folder of this.#shared) {
      const isWritable = await access(folder, constants.W_OK).then(
        () => true,
        () => false,
      );
      if (isWritable) return folder;
    }
    return this.#own;
  }

  #script(line: string): string {
    return `#!/bin/sh\n${MARK}\n${line}\n`;
  }

  /** `former`: this app's, from where it is no more. */
  async #whose(path: string): Promise<'nobody' | 'ours' | 'former' | 'another'> {
    const found = await lstat(path).catch(() => null);
    if (found === null) return 'nobody';
    if (found.isSymbolicLink()) {
      const target = await readlink(path);
      if ('target' in this.#launcher && target === this.#launcher.target) return 'ours';
      const leadsNowhere = await access(path).then(
        () => false,
        () => true,
      );
      return leadsNowhere ? 'former' : 'another';
    }
    const text = found.isFile() && found.size < 10_000 ? await readFile(path, 'utf8') : '';
    if ('script' in this.#launcher && text === this.#script(this.#launcher.script)) return 'ours';
    return text.includes(MARK) ? 'former' : 'another';
  }
}
