import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/set-up/paths.mjs';
import { standInFolder } from '../../../scripts/set-up/runtime.mjs';
import type { User } from './ordinary-user.ts';

const run = promisify(execFile);

/** What no test reads. Of `.runtime`, only the Electron in it is. */
const LEFT_OUT = ['.git', 'artifacts', 'dist', basename(dirname(standInFolder))];

/** In the namespace's own view of the file system; outside nothing of it shows. */
const MOUNT_POINT = '/mnt';

/**
 * The checkout where the user can read it: in its own place, or, when a folder above is closed to others (a clone
 * under `/root`), mounted elsewhere, or, when its files are closed too, as a copy in the folder.
 *
 * @param user another one than we are: we are root then; `null` when it is us
 */
export async function readableCheckout(folder: string, user: User | null): Promise<string> {
  const entries = readdirSync(root).filter((name) => !LEFT_OUT.includes(name));
  if (existsSync(standInFolder)) entries.push(relative(root, standInFolder));
  if (user === null || (await canRead(user, root, entries))) return root;

  if (!root.startsWith(MOUNT_POINT)) {
    await mountAt(MOUNT_POINT, entries);
    if (await canRead(user, MOUNT_POINT, entries)) return MOUNT_POINT;
  }

  const copy = join(folder, 'checkout');
  mkdirSync(copy);
  await run('cp', ['--archive', '--reflink=auto', '--parents', '--target-directory', copy, ...entries], {
    cwd: root,
  });
  await run('chmod', ['--recursive', 'a+rX', copy]);
  return copy;
}

async function canRead(user: User, folder: string, entries: readonly string[]): Promise<boolean> {
  const paths = entries.map((name) => join(folder, name));
  try {
    const unreadable = ['!', '-type', 'l', '!', '-readable', '-print', '-quit'];
    const { stdout } = await run('find', [...paths, ...unreadable], user);
    return stdout === '';
  } catch {
    // A folder on the way is closed.
    return false;
  }
}

async function mountAt(mountPoint: string, entries: readonly string[]): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'checkout', mountPoint]);
  for (const name of entries) {
    const [from, to] = [join(root, name), join(mountPoint, name)];
    if (statSync(from).isDirectory()) mkdirSync(to, { recursive: true });
    else writeFileSync(to, '');
    await run('mount', ['--bind', from, to]);
  }
}
