import { join } from 'node:path';
import { programEnvironment } from '../set-up/environment.mjs';
import { nodeExecutable } from '../set-up/node.mjs';
import { root } from '../set-up/paths.mjs';
import { attach } from './attach.mjs';

/** @import { Environment } from '../set-up/environment.mjs' */

/**
 * Runs the built terminal companion.
 *
 * @param {readonly string[]} args
 * @param {Environment} environment
 * @returns {Promise<number>} its exit code
 */
export function runTerminal(args, environment) {
  const companion = join(root, 'out', 'terminal', 'latchkey.js');
  return attach(nodeExecutable(), [companion, ...args], programEnvironment(environment));
}
