import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { reasonOf } from './files/errno.ts';
import { LockTimeoutError, withFileLock } from './files/file-lock.ts';

/** Longer than a refresh can take: two token URLs, each with its request's time-out. */
const TIMEOUT = 250 * SECOND;

/**
 * Runs `work` while no other Latchkey on this machine changes, or is about to change, the credentials of this config
 * file. A refresh holds it from before it reads the token until after the new one is stored: refresh tokens are
 * single-use (`facts.md` section 1). There are two locks, of which one has to be had: beside the file, where copies with
 * another data folder find it too, and in the data folder, since two config files may hold one login. A folder that lets no
 * locks through has none to be had, and where neither has any only this process's callers take turns.
 *
 * @param configFile as it really is, through links
 * @throws FailureError `login-locked`, `data-not-writable`, or what `work` throws
 */
export async function withCredentialLock<T>(
  configFile: string,
  dataDir: string,
  work: () => Promise<T>,
): Promise<T> {
  const own = join(dataDir, '.login.lock');
  const beside = await lockBeside(configFile);
  if (beside === null) return locked(own, work, (error) => unavailable(own, error));
  const inOwn = () => locked(own, work, work);
  // Where there is no lock beside the file the other one has to do.
  return locked(beside, inOwn, () => locked(own, work, (error) => unavailable(own, error)));
}

/** @param instead where the lock cannot be made */
async function locked<T>(
  path: string,
  work: () => Promise<T>,
  instead: (error: unknown) => Promise<T>,
): Promise<T> {
  let begun = false as boolean;
  try {
    return await withFileLock(path, TIMEOUT, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun) throw error;
    if (error instanceof LockTimeoutError) throw new FailureError({ code: 'login-locked' }, { cause: error });
    return instead(error);
  }
}

function unavailable(path: string, error: unknown): never {
  throw new FailureError({ code: 'data-not-writable', path, reason: reasonOf(error) }, { cause: error });
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
