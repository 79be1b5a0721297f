import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError, type FileObstacle } from '../../domain/failure.ts';
import { existing, resolveLinks } from '../files/atomic-write.ts';
import { reasonOf } from '../files/errno.ts';
import { isMountPoint, mountOf, type Mount } from '../files/mount-point.ts';

/** What differs once somebody has written a file. */
export type FileState = Pick<Stats, 'ino' | 'size' | 'mtimeMs'>;

/** Far above any real config file; bounds what a mistaken path can cost. */
export const MAX_BYTES = 4 * 1024 * 1024;
const MAX_TRIES = 5;
const NEW_FOLDER_MS = 1_000;
/**
 * What is mounted into a container, a single file or a folder, is the one that it was at first: what takes its place
 * outside is not seen, and what it holds is of the past.
 */
export const REPLACED: FileObstacle = 'replaced-outside';

/** How what is mounted was called when this mounting of it was first looked at. Never rejects. */
export type RootAtFirst = (mount: Mount) => Promise<string>;

/** The text of a file at a moment. */
export interface SeenText {
  /** `null` where there is no file. */
  readonly text: string | null;
  /** Bytes that are no text would not survive being written again. */
  readonly isUtf8: boolean;
  /** When the file was written, or its folder changed where there is none; milliseconds, the file system's clock. */
  readonly changedAt: number;
  /** Permission bits, `null` where there is no file. */
  readonly mode: number | null;
  /** `null` where there is no file. */
  readonly state: FileState | null;
}

/**
 * Reads a whole file, and again where it changes meanwhile.
 *
 * @param rootAtFirst left out for one more look at what has just been read: it must not take long
 * @throws FailureError `config-unreadable`
 */
export async function lookAtText(path: string, rootAtFirst?: RootAtFirst): Promise<SeenText> {
  const unreadable = (reason: string, cause?: unknown) =>
    new FailureError({ code: 'config-unreadable', path, reason }, { cause });
  try {
    // First: what another program writes while this is asked must not count as a change.
    if (rootAtFirst !== undefined && (await isReplaced(path, rootAtFirst))) throw unreadable(REPLACED);
    for (let tries = 1; ; tries++) {
      const before = await existing(stat(path));
      if (before === null) return await lookAtFolder(path);
      // A pipe would never end, and a device must not be replaced.
      if (!before.isFile()) throw unreadable(before.isDirectory() ? 'EISDIR' : 'not-regular');
      if (before.size > MAX_BYTES) throw unreadable('too-large');
      if (before.nlink === 0 && (await isMountPoint(await resolveLinks(path)))) throw unreadable(REPLACED);
      const bytes = await existing(readFile(path));
      const after = await existing(stat(path));
      if (bytes === null || after === null) continue;
      if (!isSameState(before, after) && tries < MAX_TRIES) continue;
      return { ...decode(bytes), changedAt: after.mtimeMs, mode: after.mode & 0o777, state: after };
    }
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw unreadable(reasonOf(error), error);
  }
}

/** A program that removes the file and makes it anew leaves its trace in the folder. */
async function lookAtFolder(path: string): Promise<SeenText> {
  const missing = { text: null, isUtf8: true, mode: null, state: null };
  const folder = await existing(stat(dirname(await resolveLinks(path))));
  if (folder === null) return { ...missing, changedAt: -Infinity };
  const { mtimeMs, birthtimeMs } = folder;
  // A folder that was just made has had no file to lose.
  return { ...missing, changedAt: mtimeMs - birthtimeMs < NEW_FOLDER_MS ? -Infinity : mtimeMs };
}

/**
 * Whether another file may have taken its place outside, of which nothing is seen in here but how what is mounted is
 * called now: nothing (it was deleted or written over, also where a hard link keeps it), or something else than when this
 * mounting was first looked at (a backup by renaming, of it or of a folder on the way). What is mounted by another name
 * the next time is another mounting, so that a container that is started anew, or given another file, is believed.
 */
async function isReplaced(path: string, rootAtFirst: RootAtFirst): Promise<boolean> {
  const found = await existing(stat(path));
  // Nor is a pipe opened here, which might wait for ever.
  if (found?.isFile() === false) return false;
  const mount = await mountOf(found === null ? dirname(await resolveLinks(path)) : path);
  if (mount === null) return false;
  return mount.root.endsWith('//deleted') || (found !== null && (await rootAtFirst(mount)) !== mount.root);
}

export function isSameState(before: FileState, after: FileState): boolean {
  return before.ino === after.ino && before.size === after.size && before.mtimeMs === after.mtimeMs;
}

function decode(bytes: Buffer): Pick<SeenText, 'text' | 'isUtf8'> {
  try {
    // A byte order mark stays part of the text.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: bytes.toString('latin1'), isUtf8: false };
  }
}
