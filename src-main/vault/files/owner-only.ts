import { lchown, mkdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The mode a file is made with: its owner reads and writes it, nobody else does either. */
export const OWNER_ONLY = 0o600;

/** The mode a file has once it was written: 0600, or 0400 where its owner made it read-only. Others lose their rights. */
export function ownerOnly(mode: number): number {
  return mode & OWNER_ONLY;
}

/** Makes a folder, and those on the way to it, for its owner alone, where it is missing. @throws the system's error */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined || process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(first));
  if (uid === 0) return;
  for (let made = folder; made.startsWith(first); made = dirname(made)) {
    await lchown(made, uid, gid).catch(() => undefined);
  }
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
