import { spawnSync } from 'node:child_process';
import { SetUpError } from '../set-up/set-up-error.mjs';

/**
 * Runs one of the system's tools to its end.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @throws {SetUpError} with what it said, where it fails
 */
export function runTool(program, args, environment = process.env) {
  const { status, error, stderr } = spawnSync(program, args, { env: environment, encoding: 'utf8' });
  if (status === 0) return;
  throw new SetUpError(`${program} failed: ${error?.message ?? stderr.trim()}`);
}
