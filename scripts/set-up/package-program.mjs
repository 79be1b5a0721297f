import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules } from './paths.mjs';

/**
 * The JavaScript file of an installed package's program, to be run with Node: unlike the shims in
 * `node_modules/.bin` it needs no shell on any platform.
 *
 * @param {string} packageName
 * @param {string} [program] when the package's main program is named otherwise
 * @returns {string} its path
 */
export function packageProgram(packageName, program = packageName) {
  const folder = join(nodeModules, packageName);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin[program];
  if (file === undefined) throw new Error(`${packageName} has no program ${program}`);
  return join(folder, file);
}
