import { join } from 'node:path';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { nodeModules, root } from './paths.mjs';
import { runOrFail } from './program.mjs';
import { contentFingerprint, isStamped, writeStamp } from './stamp.mjs';

/** @import { Step } from './step.mjs' */

// Inside node_modules: whoever removes that removes this.
const stampPath = join(nodeModules, '.latchkey-stamp');
const lockPath = join(root, 'package-lock.json');

/**
 * The packages of package-lock.json, exactly. No package's install script runs here.
 *
 * @type {Step}
 */
export const packages = {
  title: 'packages',
  isDone: () => isStamped(stampPath, contentFingerprint(lockPath)),
  async run() {
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
    writeStamp(stampPath, contentFingerprint(lockPath));
  },
};
