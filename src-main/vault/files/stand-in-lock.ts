import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { lstat, lutimes, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asUser, type Owner } from './as-owner.ts';
import { errnoOf } from './errno.ts';

/**
 * Lock files for one whose folder lets no locks through: on this computer's own disk, for one user alone. The first that
 * can be locked is the one to hold. Other computers do not find it. None where there is none that nobody else could
 * hold. Never throws.
 *
 * Whoever asks has to come to the same one: the places have names of their own, since shells may each have a temporary
 * folder (`TMPDIR`), and root comes to those of the folder's owner.
 */
export async function* standInsFor(path: string): AsyncGenerator<string, void> {
  const owner = await whoseLock(path);
  if (owner === null) return;
  const name = `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.lock`;
  for (const place of new Set([`/run/user/${owner.uid}`, '/tmp', '/var/tmp', tmpdir()])) {
    const folder = join(place, `latchkey-${owner.uid}.locks`);
    if (!(await isTheirsAlone(folder, owner))) continue;
    const [lock, now] = [join(folder, name), new Date()];
    // Such places are cleared of what nobody has touched for days, whether it is held or not.
    await lutimes(lock, now, now).catch(() => undefined);
    yield lock;
  }
}

async function whoseLock(path: string): Promise<Owner | null> {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  if (uid === undefined || gid === undefined) return null;
  return uid === 0 ? stat(dirname(path)).catch(() => null) : { uid, gid };
}

/** Made where it is missing. Anybody may have made one of this name there. Never rejects. */
async function isTheirsAlone(folder: string, owner: Owner): Promise<boolean> {
  try {
    const found = await lstat(folder).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
      make(folder, owner);
      return lstat(folder);
    });
    return found.isDirectory() && found.uid === owner.uid && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function make(folder: string, owner: Owner): void {
  try {
    asUser(owner, () => mkdirSync(folder, { mode: 0o700 }));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}
