import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveLinks } from './atomic-write.ts';
import { errnoOf, reasonOf } from './errno.ts';

/** Why a file could not be replaced, or made, at this path; `null` where it could. Looks only. Never rejects. */
export async function writeObstacle(path: string): Promise<string | null> {
  try {
    let folder = dirname(await resolveLinks(path));
    // What does not exist yet is made.
    while (!(await isWritable(folder))) folder = dirname(folder);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** False where there is no such folder. @throws the system's error */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' && dirname(folder) !== folder) return false;
    throw error;
  }
}
