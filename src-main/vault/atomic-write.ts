import { randomUUID } from 'node:crypto';
import {
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errnoOf } from './errno.ts';

const MAX_LINKS = 40;
const LEFTOVER_AGE_MS = 60_000;

/**
 * Replaces a file as a whole: a reader, and a crash at any moment, finds the old text or the new one. The text is on
 * disk when this returns. Symbolic links stay and their target is replaced. A new file has mode 0600 and a new folder
 * 0700; an existing file keeps its mode and, where the system permits, its owner.
 *
 * @param beforeReplacing the last look: when it throws, the file stays as it is
 * @throws the system's error; nothing is left behind then
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  beforeReplacing?: () => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const target = await resolveLinks(path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await removeLeftovers(target);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      await file.writeFile(text);
      await takeOver(file, target);
      await file.sync();
    } finally {
      await file.close();
    }
    await beforeReplacing?.();
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Temporary files that a crash left behind: they may hold secrets. Young ones may be somebody's work. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = `.${basename(target)}.`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix) || !/^[\da-f-]{36}\.tmp$/.test(name.slice(prefix.length))) continue;
    const path = join(dirname(target), name);
    const age = Date.now() - ((await existing(stat(path)))?.mtimeMs ?? Infinity);
    if (age > LEFTOVER_AGE_MS) await rm(path, { force: true });
  }
}

/** The file a path leads to in the end, also where that does not exist yet. Throws ELOOP for a circle of links. */
export async function resolveLinks(path: string): Promise<string> {
  let current = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const folder = await existing(realpath(dirname(current)));
    if (folder === null) return current;
    current = join(folder, basename(current));
    const link = await existing(readlink(current));
    if (link === null) return current;
    current = resolve(folder, link);
  }
  throw Object.assign(new Error('too many symbolic links'), { code: 'ELOOP' });
}

/** `null` where the path does not exist, or is no link where one was asked for. */
async function existing<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    // Windows answers UNKNOWN instead of EINVAL for some files that are no links.
    if (['ENOENT', 'EINVAL', 'UNKNOWN'].includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

/** Mode and owner of the file that is about to be replaced. */
async function takeOver(file: FileHandle, target: string): Promise<void> {
  const [old, created] = [await existing(stat(target)), await file.stat()];
  if (old === null) return;
  let mode = old.mode & 0o777;
  if (old.uid !== created.uid || old.gid !== created.gid) {
    try {
      await file.chown(old.uid, old.gid);
    } catch (error) {
      if (!isNotSupported(error)) throw error;
      // Only root may give files away. The group's permissions were meant for another group than the file now has.
      mode &= 0o707;
    }
  }
  if (mode !== (created.mode & 0o777)) await file.chmod(mode);
}

/** Makes the renaming itself last, where the system knows such a thing: Windows and some network drives do not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!isNotSupported(error)) throw error;
  } finally {
    await handle.close();
  }
}

function isNotSupported(error: unknown): boolean {
  return ['EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS'].includes(errnoOf(error) ?? '');
}
