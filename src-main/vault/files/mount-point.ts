import { readFileSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';

/** A part of a file system that is mounted apart, as a folder or file that was shared with a container is. */
export interface Mount {
  /** How that part is called in its file system now: a renaming moves it, and `//deleted` follows once it has no name. */
  readonly root: string;
  readonly id: string;
  /** Where it is mounted. */
  readonly point: string;
}

/**
 * Whether something is mounted at exactly this path, as a single file that was shared with a container is: no rename can
 * replace it. Known on Linux only; elsewhere the renaming itself has to show it.
 *
 * @param path with every link resolved
 */
export async function isMountPoint(path: string): Promise<boolean> {
  let mounts: string;
  try {
    mounts = await readFile('/proc/self/mountinfo', 'utf8');
  } catch {
    return false;
  }
  return mounts.split('\n').some((line) => decode(line.split(' ')[4] ?? '') === path);
}

/**
 * By which mount a file or folder is reached. Never rejects.
 *
 * @returns `null` where a whole file system is mounted, which has no name that could be taken, or nobody tells
 */
export async function mountOf(path: string): Promise<Mount | null> {
  if (process.platform !== 'linux') return null;
  try {
    const file = await open(path);
    try {
      // The system knows it by number, whatever is mounted over what. At once: it is in no disk's hands.
      const id = /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${file.fd}`, 'utf8'))?.[1];
      if (id === undefined) return null;
      const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
      const line = mounts.split('\n').find((each) => each.startsWith(`${id} `));
      const [, , , root = '/', point = '/'] = line?.split(' ') ?? [];
      return root === '/' ? null : { root: decode(root), id, point: decode(point) };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/**
 * What tells a mounting from every later one: numbers are given again, and a container that is started anew mostly gets
 * the same. What cannot be read tells nothing. Never rejects.
 */
export async function mountingOf({ id, point }: Mount): Promise<string> {
  const [boot, first, mounted] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile('/proc/1/stat', 'utf8').catch(() => ''),
    stat(point).catch(() => null),
  ]);
  // proc(5): when a container's first process started is the twenty-second field; the second may hold spaces.
  const started = first.slice(first.lastIndexOf(')') + 2).split(' ')[19];
  return [boot.trim(), started, id, mounted?.dev, mounted?.ino].join(' ');
}

/** proc(5): octal numbers for spaces, tabs, line breaks and backslashes. */
function decode(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
