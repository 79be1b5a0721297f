import { mkdir, stat, type FileHandle } from 'node:fs/promises';
import { makeAsOwner } from './as-owner.ts';
import { errnoOf } from './errno.ts';

/** The mode a file is made with: its owner reads and writes it, nobody else does either. */
export const OWNER_ONLY = 0o600;

/** The mode a file has once it was written: 0600, or 0400 where its owner made it read-only. Others lose their rights. */
export function ownerOnly(mode: number): number {
  return mode & OWNER_ONLY;
}

/** Makes a folder, and those on the way to it, for its owner alone, where it is missing. @throws the system's error */
export async function makeFolder(folder: string): Promise<void> {
  // By path it could only be given away once it is made, and by then somebody may have put a link in its place.
  if (process.getuid?.() === 0 && (await isMissing(folder))) makeAsOwner(folder);
  else await mkdir(folder, { recursive: true, mode: 0o700 });
}

function isMissing(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (error: unknown) => errnoOf(error) === 'ENOENT',
  );
}

/**
 * What root (`sudo`) makes in somebody's folder has to be theirs: where they cannot open a lock root never waits for them,
 * and where they cannot read a file of ours nothing is renewed any more.
 */
export async function giveToOwnerOf(folder: string, file: FileHandle): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  // A file system that has no owners does without.
  if (uid !== 0) await file.chown(uid, gid).catch(() => undefined);
}
