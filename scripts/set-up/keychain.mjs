import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KEYCHAIN_PACKAGES } from './apt.mjs';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { nodeModules, runtimeFolder } from './paths.mjs';
import { runLogged } from './program.mjs';
import { SetUpError } from './set-up-error.mjs';
import { isStamped, treeFingerprint, writeStamp } from './stamp.mjs';
import { hasApt, installPackages, mayInstallPackages, missingPackages } from './system-packages.mjs';

/** @import { Step } from './step.mjs' */

const keytarPackage = join(nodeModules, 'keytar');
const keytarModule = join(keytarPackage, 'build', 'Release', 'keytar.node');
/** For the app. */
export const keychain = keychainStep('keychain', { mayInstall: mayInstallPackages() });

/**
 * For the terminal: seconds where a compiler is there or keytar's own build can be fetched. Half a compiler suite is
 * not installed for it, since without a desktop there is seldom a keychain.
 */
export const keychainIfCheap = keychainStep('keychain-if-cheap', { mayInstall: false });

/**
 * keytar's native module, fetched or else compiled. Never stands in the way: the product works without it, so what
 * failed is tried again only when the package or the system's packages have changed.
 *
 * @param {string} stamp
 * @param {{ mayInstall: boolean }} options
 * @returns {Step}
 */
function keychainStep(stamp, { mayInstall }) {
  const stampPath = join(runtimeFolder, 'stamps', stamp);
  return {
    title: 'keychain',
    isDone: () => existsSync(keytarModule) || isStamped(stampPath, fingerprint()),
    async run(note) {
      const installed = !mayInstall || (await installCompiler(note));
      if (!(await buildKeytar()))
        note(`the product works without the system keychain (${obstacle(installed)})`);
      writeStamp(stampPath, fingerprint());
    },
  };
}

function fingerprint() {
  return treeFingerprint([join(keytarPackage, 'package.json'), '/var/lib/dpkg/status']);
}

/** @param {(text: string) => void} note */
async function installCompiler(note) {
  try {
    await installPackages(KEYCHAIN_PACKAGES, { log: 'keychain-packages', note });
    return true;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    return false;
  }
}

/** @param {boolean} installed whether installing, where it was tried, went well */
function obstacle(installed) {
  if (!installed) return 'see .runtime/logs/keychain-packages.log';
  const missing = hasApt() ? missingPackages(KEYCHAIN_PACKAGES) : [];
  return missing.length > 0 ? `for it: apt-get install ${missing.join(' ')}` : 'see .runtime/logs/keytar.log';
}

async function buildKeytar() {
  if (!existsSync(keytarPackage)) return false;
  const npm = npmCommand(process.env, process.platform, process.execPath);
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
  // A build that was interrupted must not pass for one that is done.
  if (!ok) rmSync(keytarModule, { force: true });
  return ok;
}
