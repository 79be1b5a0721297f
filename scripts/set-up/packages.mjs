import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { nodeModules, root } from './paths.mjs';
import { runLogged, runOrFail } from './program.mjs';
import { contentFingerprint, isStamped, writeStamp } from './stamp.mjs';

/** @import { Step } from './step.mjs' */

// Inside node_modules: whoever removes that removes this.
const stampPath = join(nodeModules, '.latchkey-stamp');
const lockPath = join(root, 'package-lock.json');

/**
 * The packages of package-lock.json, exactly. No package's install script runs but keytar's, whose failing is
 * survived: the keychain is optional.
 *
 * @type {Step}
 */
export const packages = {
  title: 'packages',
  isDone: () => isStamped(stampPath, contentFingerprint(lockPath)),
  async run(note) {
    const npm = npmCommand(process.env, process.platform, process.execPath);
    // `npm ci` empties node_modules first, which on Windows fails while this very process runs the Node in it.
    const runsFromPackages = process.platform === 'win32' && process.execPath.startsWith(nodeModules);
    await runOrFail(
      npm.command,
      [
        ...npm.args,
        runsFromPackages ? 'install' : 'ci',
        '--ignore-scripts',
        '--include=dev',
        '--include=optional',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
      ],
      {
        log: 'packages',
        environment: npmEnvironment(process.env),
        timeLimitSeconds: 20 * 60,
        otherwise: 'The packages could not be installed. Check the network (or proxy) and start again.',
      },
    );
    if (!(await buildKeytar(npm))) {
      note('without the system keychain: keytar could not be built (see .runtime/logs/keytar.log)');
    }
    writeStamp(stampPath, contentFingerprint(lockPath));
  },
};

/** @param {{ command: string, args: readonly string[] }} npm */
async function buildKeytar(npm) {
  if (!existsSync(join(nodeModules, 'keytar'))) return false;
  // The header files that came with the Node package, so that compiling needs no download. (keytar uses Node-API:
  // it runs in every Node and Electron.)
  const headers = join(nodeModules, `node-${process.platform}-${process.arch}`);
  const { ok } = await runLogged(npm.command, [...npm.args, 'rebuild', 'keytar'], {
    log: 'keytar',
    environment: {
      ...npmEnvironment(process.env),
      ...(existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {}),
    },
    timeLimitSeconds: 120,
  });
  return ok;
}
