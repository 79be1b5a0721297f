import { closeSync, constants, existsSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { errnoOf } from './errno.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Lets root do something with the rights of this user, so that it is theirs, and no link that they put in the way leads
 * root anywhere that they could not go. For anybody else, and where root may not become them, it is just done.
 *
 * At once, because all threads of a process share their user: what another one is just doing as root may be refused. That
 * is a moment in root's first run, in which nearly all there is to open is that user's.
 */
export function asUser<T>(owner: Owner, work: () => T): T {
  const back = become(owner);
  try {
    return work();
  } finally {
    back();
  }
}

/** Makes a folder, and those on the way to it, as whoever owns the last one that is there. @throws the system's error */
export function makeAsOwner(folder: string): void {
  const path = resolve(folder);
  const [nearest, handle] = openNearest(path);
  try {
    // By the handle they need no way to it: a container's root has somebody's folder in a home that is root's alone.
    const direct = `/proc/self/fd/${handle}`;
    const missing = join(existsSync(direct) ? direct : nearest, relative(nearest, path));
    asUser(fstatSync(handle), () => mkdirSync(missing, { recursive: true, mode: 0o700 }));
  } finally {
    closeSync(handle);
  }
}

function openNearest(path: string): [nearest: string, handle: number] {
  try {
    return [path, openSync(path, constants.O_RDONLY | constants.O_DIRECTORY)];
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return openNearest(dirname(path));
  }
}

/** @returns what leads back */
function become({ uid, gid }: Owner): () => void {
  let back: () => void = () => undefined;
  if (process.getuid?.() !== 0 || uid === 0) return back;
  const [group, groups] = [process.getegid?.() ?? 0, process.getgroups?.() ?? []];
  try {
    // What root's groups may is not theirs to do either.
    process.setgroups?.([gid]);
    back = () => {
      process.seteuid?.(0);
      process.setegid?.(group);
      process.setgroups?.(groups);
    };
    process.setegid?.(gid);
    process.seteuid?.(uid);
    return back;
  } catch {
    // A container's root may have lost that right, or not know the user.
    back();
    return () => undefined;
  }
}
