import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A stamp is a small file saying what a step was last done for. It is written when the step has ended, so an
 * interrupted step is done again.
 *
 * @param {string} path
 * @param {string} fingerprint
 */
export function isStamped(path, fingerprint) {
  return readStamp(path) === fingerprint;
}

/** @param {string} path @param {string} fingerprint */
export function writeStamp(path, fingerprint) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${fingerprint}\n`);
}

/** @param {string} path @returns {string | null} */
function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch {
    return null;
  }
}

/**
 * What a file holds, as a hash.
 *
 * @param {string} path
 */
export function contentFingerprint(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/**
 * Names, sizes and modification times of files and of everything in folders: changes when any of them is edited,
 * added, removed or renamed, without reading one. What does not exist counts as that.
 *
 * @param {readonly string[]} paths
 */
export function treeFingerprint(paths) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else {
      hash.update(`${path}\0${stats ? `${stats.size} ${stats.mtimeMs}` : 'missing'}\0`);
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
