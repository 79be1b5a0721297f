import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errnoOf } from './errno.ts';

/**
 * The lock file for one whose folder lets no locks through: on this computer's own disk, for our user alone. Other
 * computers do not find it. `null` where there is none that nobody else could hold. Never rejects.
 */
export async function standInFor(path: string): Promise<string | null> {
  const user = process.getuid?.();
  if (user === undefined) return null;
  const folder = join(tmpdir(), `latchkey-${user}.locks`);
  try {
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
    });
    const found = await lstat(folder);
    // Anybody may make one of this name there.
    if (!found.isDirectory() || found.uid !== user || (found.mode & 0o077) !== 0) return null;
  } catch {
    return null;
  }
  return join(folder, `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.lock`);
}
