import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { resolveLinks } from './files/atomic-write.ts';
import { reasonOf } from './files/errno.ts';
import { LockTimeoutError, withFileLock } from './files/file-lock.ts';

/** Longer than a refresh can take: two token URLs, each with its request's time-out. */
const TIMEOUT = 75 * SECOND;

/**
 * Runs `work` while no other Latchkey on this machine changes, or is about to change, the credentials of this config
 * file. A refresh holds it from before it reads the token until after the new one is stored: refresh tokens are
 * single-use (`facts.md` section 1). The lock is beside the file, where copies with another data folder find it too;
 * in the data folder where that place does not exist or cannot be written.
 *
 * @throws FailureError `login-locked`, `data-not-writable`, or what `work` throws
 */
export async function withCredentialLock<T>(
  configFile: string,
  dataDir: string,
  work: () => Promise<T>,
): Promise<T> {
  const target = await resolveLinks(configFile).catch(() => configFile);
  const name = createHash('sha256').update(target).digest('hex').slice(0, 12);
  const own = join(dataDir, `.login-${name}.lock`);
  let begun = false as boolean;
  const begin = () => {
    begun = true;
    return work();
  };
  const beside = await lockBeside(target);
  for (const path of beside === null ? [own] : [beside, own]) {
    try {
      return await withFileLock(path, TIMEOUT, begin);
    } catch (error) {
      if (begun) throw error;
      if (error instanceof LockTimeoutError) {
        throw new FailureError({ code: 'login-locked' }, { cause: error });
      }
      if (path === own) {
        throw new FailureError(
          { code: 'data-not-writable', path, reason: reasonOf(error) },
          { cause: error },
        );
      }
    }
  }
  throw new RangeError('there is always a lock to take');
}

/** `null` where there is no folder for it: looking after a login must not bring a removed folder back. */
async function lockBeside(target: string): Promise<string | null> {
  try {
    const folder = await stat(dirname(target));
    return folder.isDirectory() ? join(dirname(target), `.${basename(target)}.latchkey-login.lock`) : null;
  } catch {
    return null;
  }
}
