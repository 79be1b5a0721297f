import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { errnoOf } from './errno.ts';

/** As Linux has it. */
const MAX_LINKS = 40;
const SEPARATOR = process.platform === 'win32' ? /[\\/]/ : '/';

/**
 * Goes to a file as the system does: folder by folder from the root, through every symbolic link, as far as it gets.
 *
 * The calls are synchronous, because the order is the point: who begins to watch a folder in `beforeLooking` misses
 * nothing, since whatever changes later is an event, and whatever changed earlier is seen.
 *
 * @param path absolute
 * @param beforeLooking called with a folder and the name that is about to be looked up in it, and in the end with the
 * file itself and `null`, before its size and time are read
 * @returns what was found on the way, as a text that differs when that does: which folders, links and file, its size
 * and modification time. Never throws
 */
export function walkPath(
  path: string,
  beforeLooking: (folderOrFile: string, name: string | null) => void,
): string {
  const found: string[] = [];
  let folder = '';
  let links = 0;
  const names: string[] = [];
  const enter = (way: string) => {
    const { root } = parse(way);
    folder = resolve(folder, root);
    names.unshift(...way.slice(root.length).split(SEPARATOR));
  };
  enter(path);
  try {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        folder = dirname(folder);
        continue;
      }
      beforeLooking(folder, name);
      const entry = join(folder, name);
      let stats = lstatSync(entry, { bigint: true });
      found.push(identity(stats));
      if (stats.isSymbolicLink()) {
        const target = readlinkSync(entry);
        found.push(target);
        if (++links > MAX_LINKS) break;
        enter(target);
      } else if (stats.isDirectory()) {
        folder = entry;
      } else {
        if (names.length > 0 || !stats.isFile()) break;
        beforeLooking(entry, null);
        stats = lstatSync(entry, { bigint: true });
        found.push(identity(stats), `${stats.size}`, `${stats.mtimeNs}`);
      }
    }
  } catch (error) {
    found.push(errnoOf(error) ?? String(error));
  }
  return JSON.stringify(found);
}

function identity({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
