import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packagesToInstall, parsePolicy } from './apt.mjs';
import { runOrFail } from './program.mjs';

/** @import { PackageNames } from './apt.mjs' */

/** As root on Debian and Ubuntu. Set-up never asks for rights it was not given. */
export function mayInstallPackages() {
  return process.getuid?.() === 0 && hasApt();
}

export function hasApt() {
  return existsSync('/usr/bin/apt-get');
}

/**
 * Installs what is missing of them with apt, where `mayInstallPackages`.
 *
 * @param {readonly PackageNames[]} wanted
 * @param {{ log: string, note: (text: string) => void }} options
 * @throws {SetUpError}
 */
export async function installPackages(wanted, { log, note }) {
  if (missingPackages(wanted).length === 0) return;
  const options = {
    log,
    environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    timeLimitSeconds: 15 * 60,
  };
  // A machine fresh from its image knows no packages before this, by neither name.
  await runOrFail('apt-get', ['update'], {
    ...options,
    otherwise: 'The list of system packages cannot be read.',
  });
  const names = missingPackages(wanted);
  await runOrFail('apt-get', ['install', '-y', '--no-install-recommends', '--no-upgrade', ...names], {
    ...options,
    otherwise: `The system packages ${names.join(' ')} could not be installed.`,
  });
  note(`${names.length} packages installed`);
}

/**
 * Those apt says are not installed, each by the name apt knows it by here.
 *
 * @param {readonly PackageNames[]} wanted
 */
export function missingPackages(wanted) {
  const { stdout } = spawnSync('apt-cache', ['policy', ...wanted.flat()], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return packagesToInstall(wanted, parsePolicy(stdout ?? ''));
}
