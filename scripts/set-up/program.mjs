import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { logFolder, root } from './paths.mjs';
import { SetUpError } from './set-up-error.mjs';

/** @import { Environment } from './environment.mjs' */

const TAIL_LINES = 15;

/**
 * Runs a program in the checkout, without a shell, its output going to `.runtime/logs/<log>.log`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, environment: Environment, timeLimitSeconds: number }} options
 * @returns {Promise<{ ok: boolean, logPath: string, tail: string }>} `ok` when it ended with exit code 0 in time;
 *   `tail` holds the last lines it printed
 */
export async function runLogged(command, args, { log, environment, timeLimitSeconds }) {
  mkdirSync(logFolder, { recursive: true });
  const logPath = join(logFolder, `${log}.log`);
  // The file itself, not a pipe: a grandchild that outlives the program cannot keep us waiting.
  const output = openSync(logPath, 'w');
  try {
    const ending = await new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd: root,
        env: { ...environment, NO_COLOR: '1' },
        stdio: ['ignore', output, output],
        timeout: timeLimitSeconds * 1000,
        windowsHide: true,
      });
      child.on('error', (error) => resolve(error.message));
      child.on('close', (code, signal) => resolve(code ?? `ended by ${signal}`));
    });
    const printed = stripVTControlCharacters(readFileSync(logPath, 'utf8'));
    const lines = printed.trimEnd().split('\n').slice(-TAIL_LINES);
    if (typeof ending === 'string') lines.push(ending);
    return { ok: ending === 0, logPath, tail: lines.filter((line) => line !== '').join('\n') };
  } finally {
    closeSync(output);
  }
}

/**
 * The same for a program set-up cannot do without.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, environment: Environment, timeLimitSeconds: number, otherwise: string }} options
 *   `otherwise` says what failed and what helps
 * @throws {SetUpError} when it fails, with `otherwise` and the end of its output
 */
export async function runOrFail(command, args, { otherwise, ...options }) {
  const { ok, logPath, tail } = await runLogged(command, args, options);
  if (!ok) throw new SetUpError(`${otherwise}\n\n${indent(tail)}\n\nAll of its output: ${logPath}`);
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '    ');
}
