import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../set-up/paths.mjs';

/** @import { Environment } from '../set-up/environment.mjs' */

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/**
 * Runs a program in this terminal and stays with it: it gets the same input and output, and the signals this
 * process receives.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Environment} environment
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it, as in shells
 */
export async function attach(command, args, environment) {
  const child = spawn(command, args, { cwd: root, env: environment, stdio: 'inherit' });
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // Ctrl-C has already reached the child: a terminal sends it to both.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}
