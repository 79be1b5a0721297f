import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules, runtimeFolder } from './paths.mjs';

export const electronPackage = join(nodeModules, 'electron');
export const standInFolder = join(runtimeFolder, 'electron-stand-in');
export const STAND_IN_VERSION = '42.0.0';

/**
 * The Electron this checkout runs on: the pinned release, else the stand-in, else none.
 *
 * @returns {{ executable: string, standIn: boolean } | null}
 */
export function electronRuntime() {
  const release = releaseExecutable();
  if (release !== null) return { executable: release, standIn: false };
  const standIn = join(standInFolder, 'electron');
  const isPinned = read(join(standInFolder, 'version')) === STAND_IN_VERSION;
  return isPinned && existsSync(standIn) ? { executable: standIn, standIn: true } : null;
}

/** As `electron/install.js` itself decides whether it has been installed. */
function releaseExecutable() {
  const file = read(join(electronPackage, 'path.txt'));
  const version = read(join(electronPackage, 'dist', 'version'));
  if (file === null || version === null || version !== electronVersion()) return null;
  const executable = join(electronPackage, 'dist', file);
  return existsSync(executable) ? executable : null;
}

/** The release package.json pins. @returns {string | null} null before the packages are installed */
export function electronVersion() {
  const text = read(join(electronPackage, 'package.json'));
  return text === null ? null : JSON.parse(text).version;
}

/** @param {string} path @returns {string | null} */
function read(path) {
  try {
    return readFileSync(path, 'utf8').trim().replace(/^v/, '');
  } catch {
    return null;
  }
}
