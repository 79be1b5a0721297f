import { programEnvironment } from '../set-up/environment.mjs';
import { root } from '../set-up/paths.mjs';
import { STAND_IN_VERSION, electronRuntime } from '../set-up/runtime.mjs';
import { SetUpError } from '../set-up/set-up-error.mjs';
import { attach } from './attach.mjs';
import { sandboxObstacle } from './sandbox.mjs';

/** @import { Environment } from '../set-up/environment.mjs' */

/**
 * Runs the built app until it quits.
 *
 * @param {readonly string[]} args
 * @param {Environment} environment
 * @returns {Promise<number>} its exit code
 */
export async function runApp(args, environment) {
  const runtime = electronRuntime();
  if (runtime === null) throw new SetUpError('Electron is missing. Start again to fetch it.');
  if (runtime.standIn) {
    say(
      `Electron's release host was out of reach: running on a stand-in (Electron ${STAND_IN_VERSION} from npm), ` +
        'which may only talk to this computer.',
    );
  }
  const obstacle = sandboxObstacle(runtime.executable);
  if (obstacle !== null) say(`Running without Chromium's sandbox (${obstacle}).`);
  const sandbox = obstacle === null ? [] : ['--no-sandbox'];
  return attach(runtime.executable, [...sandbox, root, ...args], programEnvironment(environment));
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
