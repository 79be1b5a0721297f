import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The shared libraries that the dynamic linker would not find for a program and the libraries beside it.
 *
 * @param {string} executable
 * @returns {string[]} their file names; none also where there is no `ldd` to ask
 */
export function missingSharedLibraries(executable) {
  const folder = dirname(executable);
  const beside = readdirSync(folder).filter((name) => /\.so(\.\d+)*$/.test(name));
  const { stdout } = spawnSync('ldd', [executable, ...beside.map((name) => join(folder, name))], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return parseMissing(stdout ?? '').filter((name) => !beside.includes(name));
}

/** @param {string} output of `ldd` */
export function parseMissing(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}
