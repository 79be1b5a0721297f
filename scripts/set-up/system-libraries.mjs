import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ELECTRON_PACKAGES, TEST_DESKTOP_PACKAGES, packagesToInstall, parsePolicy } from './apt.mjs';
import { runtimeFolder } from './paths.mjs';
import { runOrFail } from './program.mjs';
import { electronRuntime } from './runtime.mjs';
import { SetUpError } from './set-up-error.mjs';
import { missingSharedLibraries } from './shared-libraries.mjs';
import { isStamped, treeFingerprint, writeStamp } from './stamp.mjs';

/** @import { PackageNames } from './apt.mjs' */
/** @import { Step } from './step.mjs' */

/** What tests/support/desktop starts. */
const TEST_DESKTOP_COMMANDS = [
  'Xvfb',
  'xwininfo',
  'xsetroot',
  'dbus-daemon',
  'busctl',
  'xfce4-panel',
  'gnome-keyring-daemon',
  'secret-tool',
  'chromium',
];

/** What Electron needs of the system. */
export const electronLibraries = systemLibraries('electron-libraries', ELECTRON_PACKAGES, []);

/** What the test desktop needs of the system, Electron included. */
export const testLibraries = systemLibraries(
  'test-libraries',
  [...ELECTRON_PACKAGES, ...TEST_DESKTOP_PACKAGES],
  TEST_DESKTOP_COMMANDS,
);

/**
 * As root on Debian and Ubuntu what is missing is installed. Anyone else is told the command: set-up never asks for
 * rights it was not given.
 *
 * @param {string} name
 * @param {readonly PackageNames[]} wanted
 * @param {readonly string[]} commands
 * @returns {Step}
 */
function systemLibraries(name, wanted, commands) {
  const stampPath = join(runtimeFolder, 'stamps', name);
  return {
    title: 'system libraries',
    isDone: () =>
      process.platform !== 'linux' ||
      (isStamped(stampPath, systemFingerprint()) && missingCommands(commands).length === 0),
    async run(note) {
      const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
      if (mayInstall) await install(wanted, note);
      const missing = [...missingForElectron(), ...missingCommands(commands)];
      if (missing.length > 0) throw new SetUpError(whatToInstall(wanted, missing));
      writeStamp(stampPath, systemFingerprint());
    },
  };
}

/** Changes when Electron or, by the traces installing leaves, anything of the system does. */
function systemFingerprint() {
  const executable = electronRuntime()?.executable ?? '';
  return treeFingerprint([executable, '/etc/ld.so.cache', '/var/lib/dpkg/status']);
}

function missingForElectron() {
  const runtime = electronRuntime();
  return runtime === null ? [] : missingSharedLibraries(runtime.executable);
}

/** @param {readonly string[]} commands */
function missingCommands(commands) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return commands.filter(
    (command) =>
      !folders.some((folder) => statSync(join(folder, command), { throwIfNoEntry: false })?.isFile()),
  );
}

/**
 * @param {readonly PackageNames[]} wanted
 * @param {(text: string) => void} note
 */
async function install(wanted, note) {
  if (packagesToInstall(wanted, askApt(wanted)).length === 0) return;
  const options = {
    log: 'system-libraries',
    environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    timeLimitSeconds: 15 * 60,
  };
  // A machine fresh from its image knows no packages before this, by neither name.
  await runOrFail('apt-get', ['update'], {
    ...options,
    otherwise: 'The list of system packages cannot be read.',
  });
  const names = packagesToInstall(wanted, askApt(wanted));
  await runOrFail('apt-get', ['install', '-y', '--no-install-recommends', '--no-upgrade', ...names], {
    ...options,
    otherwise: `The system packages ${names.join(' ')} could not be installed.`,
  });
  note(`${names.length} packages installed`);
}

/** @param {readonly PackageNames[]} wanted */
function askApt(wanted) {
  const { stdout } = spawnSync('apt-cache', ['policy', ...wanted.flat()], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return parsePolicy(stdout ?? '');
}

/** @param {readonly PackageNames[]} wanted @param {readonly string[]} missing */
function whatToInstall(wanted, missing) {
  const what = `This machine lacks: ${missing.join(', ')}`;
  const names = existsSync('/usr/bin/apt-get') ? packagesToInstall(wanted, askApt(wanted)) : [];
  if (names.length === 0) return `${what}\nInstall the system packages that hold them and start again.`;
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`;
  const prefix = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${what}\nInstall them and start again:\n\n    ${prefix}apt-get update && ${prefix}${command}`;
}
