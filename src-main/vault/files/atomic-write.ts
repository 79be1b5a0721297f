import { isUtf8 } from 'node:buffer';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, renameSync, writeSync, type Stats } from 'node:fs';
import {
  chmod,
  lstat,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './errno.ts';
import { monotonicNow } from './monotonic.ts';
import { giveToOwnerOf, makeFolder, OWNER_ONLY, ownerOnly } from './owner-only.ts';

const MAX_LINKS = 40;
/** Windows has no such flag. */
const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
/** Far above the time for which anybody takes room, four minutes for a refresh. */
const ROOM_AGE_MS = 24 * 3_600_000;
/** Above a login's: what was to be written is not lost while the next refresh finds it (`keep-leftovers.ts`). */
const TEXT_AGE_MS = 31 * ROOM_AGE_MS;

/** So long a program on Windows may have a file open that is to be replaced, and so often it is tried meanwhile. */
const HELD_MS = 1_000;
const HELD_AGAIN_MS = 20;

/** Room on disk for a text that is still to come, so that a full disk shows before it matters. */
export interface Room {
  /**
   * Replaces the file by this text, which is on disk then. May be called again when that failed. A text that is larger
   * than the room needs more.
   *
   * @param beforeReplacing ends with the last look: when it throws, the file stays as it is
   * @throws the system's error; the file is as it was then
   */
  replace(text: string, beforeReplacing?: () => Promise<void>): Promise<void>;
  /** Gives the room back. Nothing to do after `replace` has succeeded. Never rejects. */
  release(): Promise<void>;
}

/** Room that can hold a draft of the text to come. */
export interface DraftRoom extends Room {
  /**
   * Puts a text into the room before this returns, where whatever becomes of the process leaves it: only a power cut may
   * still lose it. The file stays as it is.
   *
   * @param text as long as the room: what else is to come may need all of that
   * @throws the system's error
   */
  draft(text: string): void;
}

/**
 * Takes room for replacing a file as a whole: a reader, and a crash at any moment, finds the old text or the new one.
 * Symbolic links stay and their target is replaced. The file is its owner's alone then: it has mode 0600, or 0400 where
 * it was read-only, and its owner still where the system permits. A new folder has 0700.
 *
 * @param bytes 0 takes none: it will show later whether there is any
 * @throws the system's error; nothing is left behind then
 */
export async function takeRoom(path: string, bytes: number): Promise<DraftRoom> {
  await makeFolder(dirname(path));
  let temporary = await makeTemporary(await resolveLinks(path), bytes);
  let isUsed = false;
  let isDrafted = false;
  return {
    async replace(text, beforeReplacing) {
      // A draft stays until the file holds what it was of, unless there is no room for both.
      if (isDrafted && (await isWrittenElsewhere(path, text, beforeReplacing))) return;
      const target = await resolveLinks(path);
      // A link may lead elsewhere by now, and somebody may have cleared our file away.
      if (target !== temporary.target || !(await isStill(temporary))) {
        await rm(temporary.path, { force: true });
        temporary = await makeTemporary(target, 0);
        isUsed = false;
      }
      await fill(temporary, text);
      await putInPlace(temporary.path, target, beforeReplacing);
      isUsed = true;
      await syncFolder(dirname(target));
    },
    draft(text) {
      draft(temporary, text);
      isDrafted = true;
    },
    async release() {
      if (!isUsed) await discarded(temporary.path);
    },
  };
}

/** As `takeRoom` and `replace` at once. */
export async function writeFileAtomically(
  path: string,
  text: string,
  beforeReplacing?: () => Promise<void>,
): Promise<void> {
  const room = await takeRoom(path, 0);
  try {
    await room.replace(text, beforeReplacing);
  } finally {
    await room.release();
  }
}

/** A temporary file beside the one it is for. */
interface Temporary {
  readonly path: string;
  readonly target: string;
  readonly made: Stats;
}

async function makeTemporary(target: string, bytes: number): Promise<Temporary> {
  await makeFolder(dirname(target));
  await removeLeftovers(target);
  const path = temporaryName(target);
  try {
    const made = await madeFile(path, bytes);
    return { path: bytes > 0 ? await renamed(path, target) : path, target, made };
  } catch (error) {
    await discarded(path);
    throw error;
  }
}

async function madeFile(path: string, bytes: number): Promise<Stats> {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    // Root's draft is for whoever comes after the crash, who may not be root.
    await giveToOwnerOf(dirname(path), file);
    if (bytes > 0) {
      // Random, so that a file system that compresses takes as much for it as for tokens.
      await file.writeFile(randomBytes(bytes));
      await file.sync();
    }
    return await file.stat();
  } finally {
    await file.close();
  }
}

/**
 * Tries what will put it in place: a folder may take new files and no renaming, and a disk that is nearly full the bytes and
 * not the new name (btrfs).
 */
async function renamed(path: string, target: string): Promise<string> {
  const other = temporaryName(target);
  try {
    await madeFile(other, 0);
    await putInPlace(path, other);
    return other;
  } catch (error) {
    await discarded(other);
    throw error;
  }
}

/** Where that fails it is a leftover, and cleared away as such. */
async function discarded(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
}

async function isStill({ path, made }: Temporary): Promise<boolean> {
  const now = await existing(lstat(path));
  return now?.isFile() === true && now.ino === made.ino && now.dev === made.dev;
}

/** @param lastLook before each attempt; when it throws, the target stays as it is */
async function putInPlace(path: string, target: string, lastLook?: () => Promise<void>): Promise<void> {
  const until = monotonicNow() + HELD_MS;
  for (;;) {
    await lastLook?.();
    try {
      // At once: what another program writes between the last look and this is lost.
      renameSync(path, target);
      return;
    } catch (error) {
      if (!isHeld(error) || monotonicNow() > until) throw error;
    }
    // What its owner made read-only is replaced as well, and read-only again then.
    const mode = (await existing(stat(target)))?.mode ?? OWNER_ONLY;
    if ((mode & 0o200) === 0) await chmod(target, OWNER_ONLY);
    await delay(HELD_AGAIN_MS);
  }
}

/** Windows replaces no file that a program has open, as each has that is reading it at the moment, nor one that is read-only. */
function isHeld(error: unknown): boolean {
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error) ?? '');
}

async function isWrittenElsewhere(...write: Parameters<typeof writeFileAtomically>): Promise<boolean> {
  try {
    await writeFileAtomically(...write);
    return true;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return false;
  }
}

/** All of it before anything else is done: whatever waits for its turn may be what the process is killed at. */
function draft({ path, made }: Temporary, text: string): void {
  const file = openSync(path, constants.O_WRONLY | NO_FOLLOW);
  try {
    const now = fstatSync(file);
    // Somebody has cleared ours away.
    if (now.ino !== made.ino || now.dev !== made.dev) return;
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file, bytes, written, bytes.length - written, written);
    }
  } finally {
    closeSync(file);
  }
}

/** Gives back what is left over of the room that was taken, and writes over the rest, so that no more of it is needed. */
async function fill({ path, target }: Temporary, text: string): Promise<void> {
  const file = await open(path, constants.O_RDWR | NO_FOLLOW);
  try {
    await mustBeOneName(file);
    const bytes = Buffer.from(text);
    // First: once it is written it is whole (`config/leftovers.ts`).
    await file.truncate(bytes.length);
    await writeAt(file, bytes, 0);
    await takeOver(file, target);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** In somebody's folder they may have put a link to a file of root's there, to be written over and given away. */
async function mustBeOneName(file: FileHandle): Promise<void> {
  if (process.getuid?.() !== 0 || (await file.stat()).nlink <= 1) return;
  throw Object.assign(new Error('a file of two names'), { code: 'EMLINK' });
}

/** @param position in bytes from the file's start */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

/** Temporary files for this file: of whoever is writing it just now, and what a crash left behind. @throws the system's error */
export async function temporaryFilesFor(target: string): Promise<readonly string[]> {
  const prefix = `.${basename(target)}.`;
  const names = await readdir(dirname(target));
  return names
    .filter((name) => name.startsWith(prefix) && /^[\da-f-]{36}\.tmp$/.test(name.slice(prefix.length)))
    .map((name) => join(dirname(target), name));
}

/**
 * Removes those of these files that are needless by what they hold. Where there is none no lock is made, nor a folder for it.
 *
 * @param locked runs its work while nobody of ours writes them
 * @throws the system's error, or what `locked` throws
 */
export async function clearNeedless(
  paths: readonly string[],
  isNeedless: (text: string) => boolean,
  locked: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if (paths.length === 0) return;
  await locked(async () => {
    for (const path of paths) {
      const text = await existing(readFile(path, 'utf8'));
      if (text !== null && isNeedless(text)) await rm(path, { force: true });
    }
  });
}

/** Writes over these texts wherever they stand in a file, and leaves all else as it is. @throws the system's error */
export async function blankOut(path: string, texts: readonly string[]): Promise<void> {
  const bytes = await readFile(path);
  const found = texts.filter((text) => bytes.includes(text));
  if (found.length === 0) return;
  for (const text of found) {
    const blank = '*'.repeat(text.length);
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text)) bytes.write(blank, at);
  }
  const file = await open(path, constants.O_WRONLY | NO_FOLLOW);
  try {
    await writeAt(file, bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a crash left behind may hold secrets. Young ones may be somebody's work, or still be looked at. */
async function removeLeftovers(target: string): Promise<void> {
  for (const path of await temporaryFilesFor(target)) {
    const age = Date.now() - ((await existing(stat(path)))?.mtimeMs ?? Infinity);
    const isOld = age > TEXT_AGE_MS || (age > ROOM_AGE_MS && !(await isText(path)));
    if (isOld) await rm(path, { force: true });
  }
}

/** Whether it may be more than room, which is random. */
async function isText(path: string): Promise<boolean> {
  const content = await readFile(path).catch(() => null);
  return content === null || isUtf8(content);
}

/** The file a path leads to in the end, also where that does not exist yet. Throws ELOOP for a circle of links. */
export async function resolveLinks(path: string): Promise<string> {
  let current = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (dirname(current) === current) return current;
    // Both at once: this is asked again and again while the app starts, and each answer waits for its turn there.
    const [folder, link] = await Promise.all([
      existing(realpath(dirname(current))),
      existing(readlink(current)),
    ]);
    // What it is called must not depend on whether a disk is there: a folder on the way may be the link to it.
    if (folder === null) return join(await resolveLinks(dirname(current)), basename(current));
    if (link === null) return join(folder, basename(current));
    current = resolve(folder, link);
  }
  throw Object.assign(new Error('too many symbolic links'), { code: 'ELOOP' });
}

/** `null` where the path does not exist, or is no link where one was asked for. */
export async function existing<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    // Windows answers UNKNOWN instead of EINVAL for some files that are no links.
    if (['ENOENT', 'EINVAL', 'UNKNOWN'].includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

/** Owner, and the owner's rights, of the file that is about to be replaced; of a new one its folder's owner. */
async function takeOver(file: FileHandle, target: string): Promise<void> {
  const [old, created] = [await existing(stat(target)), await file.stat()];
  if (old === null) return giveToOwnerOf(dirname(target), file);
  if (old.uid !== created.uid || old.gid !== created.gid) {
    try {
      await file.chown(old.uid, old.gid);
    } catch (error) {
      // Only root may give files away.
      if (!isNotSupported(error)) throw error;
    }
  }
  const mode = ownerOnly(old.mode);
  if (mode !== (created.mode & 0o777)) await file.chmod(mode);
}

/** Makes the renaming itself last, where the system knows such a thing: Windows and some network drives do not. */
export async function syncFolder(folder: string): Promise<void> {
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

export function isNotSupported(error: unknown): boolean {
  return ['EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS'].includes(errnoOf(error) ?? '');
}
