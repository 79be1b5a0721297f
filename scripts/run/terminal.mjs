import { join } from 'node:path';
import { programEnvironment } from '../set-up/environment.mjs';
import { nodeExecutable } from '../set-up/node.mjs';
import { root } from '../set-up/paths.mjs';
import { attach } from './attach.mjs';

/** @import { Environment } from '../set-up/environment.mjs' */

/**
 * What comes before a sign-in in the terminal where the app was asked for.
 *
 * @param {boolean} practice
 */
export function withoutDisplay(practice) {
  if (!practice) return 'There is no display here: signing in in the terminal.\n';
  return `There is no display here: practising in the terminal.
This is practice: its server, on this computer, approves by itself. No real account is touched.
`;
}

/**
 * Runs the built terminal companion.
 *
 * @param {readonly string[]} args
 * @param {Environment} environment
 * @returns {Promise<number>} its exit code
 */
export function runTerminal(args, environment) {
  const companion = join(root, 'out', 'terminal', 'latchkey.cjs');
  return attach(nodeExecutable(), [companion, ...args], programEnvironment(environment));
}
