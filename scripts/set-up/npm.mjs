import { basename, dirname, join } from 'node:path';

/** @import { Environment } from './environment.mjs' */

/**
 * How to start the user's own npm: the one running this script, else the one on the path. Through its JavaScript
 * file where possible, since `npm.cmd` on Windows can only be started by a shell.
 *
 * @param {Environment} environment
 * @param {string} platform
 * @param {string} execPath of the running Node
 * @returns {{ command: string, args: readonly string[] }}
 */
export function npmCommand(environment, platform, execPath) {
  const running = environment['npm_execpath'];
  if (running !== undefined && basename(running) === 'npm-cli.js') {
    // Not the Node running this script when npm named its own: it may be the one `npm ci` is about to replace.
    return { command: environment['npm_node_execpath'] ?? execPath, args: [running] };
  }
  if (platform === 'win32') {
    return { command: execPath, args: [join(dirname(execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')] };
  }
  return { command: 'npm', args: [] };
}

/**
 * The environment for npm: the user's, configuration in it included, but with a log that says something
 * (`npm run --silent` would silence it).
 *
 * @param {Environment} environment
 * @returns {Environment}
 */
export function npmEnvironment(environment) {
  const own = { ...environment };
  delete own['npm_config_loglevel'];
  delete own['ELECTRON_RUN_AS_NODE'];
  return own;
}
