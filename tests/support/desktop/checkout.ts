import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/set-up/paths.mjs';
import { standInFolder } from '../../../scripts/set-up/runtime.mjs';
import type { User } from './ordinary-user.ts';

const run = promisify(execFile);

/** What no test reads. Of `.runtime`, only the Electron in it is. */
const LEFT_OUT = ['.git', 'artifacts', 'dist', basename(dirname(standInFolder))];

/**
 * The checkout where the user can read it: in its own place, or, when that is closed to others (a clone under
 * `/root`), as a copy in the folder.
 */
export async function readableCheckout(folder: string, user: User | null): Promise<string> {
  const entries = readdirSync(root).filter((name) => !LEFT_OUT.includes(name));
  if (existsSync(standInFolder)) entries.push(relative(root, standInFolder));
  if (user === null || (await canRead(entries, user))) return root;

  const copy = join(folder, 'checkout');
  mkdirSync(copy);
  await run('cp', ['--archive', '--reflink=auto', '--parents', '--target-directory', copy, ...entries], { cwd: root });
  await run('chmod', ['--recursive', 'a+rX', copy]);
  return copy;
}

async function canRead(entries: readonly string[], user: User): Promise<boolean> {
  const paths = entries.map((name) => join(root, name));
  try {
    const { stdout } = await run('find', [...paths, '!', '-type', 'l', '!', '-readable', '-print', '-quit'], user);
    return stdout === '';
  } catch {
    // A folder on the way is closed.
    return false;
  }
}
