import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { posix, win32 } from 'node:path';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { programEnvironment } from '../set-up/environment.mjs';
import { nodeExecutable } from '../set-up/node.mjs';
import { root } from '../set-up/paths.mjs';
import { SetUpError } from '../set-up/set-up-error.mjs';

/** @import { Environment } from '../set-up/environment.mjs' */

const START_SECONDS = 20;
const STOP_SECONDS = 2;

/**
 * What to add to the environment of a run without a display: nobody could approve there, so this does, in the place of
 * a browser. A display that is named and does not answer must not be asked for one.
 *
 * @type {Environment}
 */
export const approvesByItself = {
  BROWSER: join(root, 'scripts', 'practice-browser.mjs'),
  DISPLAY: '',
  WAYLAND_DISPLAY: '',
};

/**
 * The folder that everything of practice lives in, apart from the real config file and data folder.
 *
 * @param {string} platform
 * @param {Environment} environment
 * @param {string} home
 */
export function practiceFolder(platform, environment, home) {
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Latchkey Practice');
  if (platform === 'win32') {
    return win32.join(environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Latchkey Practice');
  }
  // XDG Base Directory Specification: a relative path is to be ignored.
  const dataHome = environment['XDG_DATA_HOME'] ?? '';
  return posix.join(
    posix.isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share'),
    'latchkey-practice',
  );
}

/**
 * Starts the practice server for one run of the app or the terminal companion.
 *
 * @param {string} folder
 * @returns {Promise<{ environment: Environment, stop(): Promise<void> }>} what to add to the run's environment
 * @throws {SetUpError} when the server does not come up
 */
export async function startPractice(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = spawn(
    nodeExecutable(),
    [join(root, 'tests', 'support', 'practice', 'main.ts'), '--data-dir', folder],
    // Of a process group of its own: Ctrl-C ends the app first, which may still need the server.
    { cwd: root, env: programEnvironment(process.env), stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  );
  const ended = once(server, 'close');
  const line = await Promise.race([
    once(createInterface(server.stdout), 'line').then(([text]) => String(text)),
    ended.then(() => null),
    sleep(START_SECONDS * 1000, null, { ref: false }),
  ]);
  const stop = async () => {
    // The server lives as long as its input is open, so it cannot outlive this process either.
    server.stdin.end();
    const gone = await Promise.race([
      ended.then(() => true),
      sleep(STOP_SECONDS * 1000, false, { ref: false }),
    ]);
    if (!gone) server.kill('SIGKILL');
  };
  if (line === null) {
    await stop();
    throw new SetUpError('The practice server did not start.');
  }
  return { environment: practiceEnvironment(line, folder), stop };
}

/**
 * @param {string} line the server's first, JSON
 * @param {string} folder
 * @returns {Environment}
 */
export function practiceEnvironment(line, folder) {
  /** @type {{ authorizeUrl: string, tokenUrl: string, apiUrl: string }} */
  const { authorizeUrl, tokenUrl, apiUrl } = JSON.parse(line);
  return {
    LATCHKEY_AUTHORIZE_URL: authorizeUrl,
    LATCHKEY_TOKEN_URL: tokenUrl,
    LATCHKEY_API_URL: apiUrl,
    LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
    LATCHKEY_DATA_DIR: join(folder, 'data'),
  };
}
