import { delimiter } from 'node:path';
import { binFolder } from './paths.mjs';

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * The environment for a program of the checkout: the installed packages' programs (Node 24 among them) come first
 * on the path, and what npm, an editor's terminal or a bundler's mode left behind is gone.
 *
 * @param {Environment} environment
 * @returns {Environment}
 */
export function programEnvironment(environment) {
  /** @type {Environment} */
  const clean = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!isLeftover(name)) clean[name] = value;
  }
  // Windows spells it `Path`, and takes any case.
  const pathName = Object.keys(clean).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (clean[pathName] ?? '').split(delimiter).filter((folder) => folder !== binFolder);
  clean[pathName] = [binFolder, ...folders].join(delimiter);
  return clean;
}

/**
 * `npm_*` would make a program believe it is run by npm. ELECTRON_RUN_AS_NODE, set in the terminals of editors built
 * on Electron, would start the app as plain Node. NODE_ENV would change what a build contains, and
 * NODE_TEST_CONTEXT what a test runner prints.
 *
 * @param {string} name
 */
function isLeftover(name) {
  return (
    /^npm_/i.test(name) ||
    [
      'INIT_CWD',
      'ELECTRON_RUN_AS_NODE',
      'ELECTRON_OVERRIDE_DIST_PATH',
      'NODE_ENV',
      'NODE_TEST_CONTEXT',
    ].includes(name)
  );
}
