import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  ELECTRON_PACKAGES,
  TEST_AGENT_PACKAGES,
  TEST_DESKTOP_PACKAGES,
  TEST_NETWORK_PACKAGES,
  WINE_PACKAGES,
} from './apt.mjs';
import { runtimeFolder } from './paths.mjs';
import { electronRuntime } from './runtime.mjs';
import { SetUpError } from './set-up-error.mjs';
import { missingSharedLibraries } from './shared-libraries.mjs';
import { isStamped, treeFingerprint, writeStamp } from './stamp.mjs';
import { hasApt, installPackages, mayInstallPackages, missingPackages } from './system-packages.mjs';

/** @import { PackageNames } from './apt.mjs' */
/** @import { Step } from './step.mjs' */

/** What tests/support/desktop starts, and the examples' tests. */
const TEST_DESKTOP_COMMANDS = [
  'Xvfb',
  'xwininfo',
  'xsetroot',
  'dbus-daemon',
  'busctl',
  'xfce4-panel',
  'dunst',
  'gnome-keyring-daemon',
  'secret-tool',
  'chromium',
  'go',
];

/** What tests/support/network starts. */
const TEST_NETWORK_COMMANDS = ['ip', 'openssl', 'squid', 'tinyproxy', 'danted', 'mitmdump'];

/** What tests/integration/agent starts. */
const TEST_AGENT_COMMANDS = ['sshd', 'ssh', 'bwrap', 'curl', 'python3', 'systemd-analyze'];

/** What Electron needs of the system. */
export const electronLibraries = systemLibraries('electron-libraries', ELECTRON_PACKAGES, []);

/** What the tests need of the system: a desktop, Electron included, proxies, and other machines. */
export const testLibraries = systemLibraries(
  'test-libraries',
  [...ELECTRON_PACKAGES, ...TEST_DESKTOP_PACKAGES, ...TEST_NETWORK_PACKAGES, ...TEST_AGENT_PACKAGES],
  [...TEST_DESKTOP_COMMANDS, ...TEST_NETWORK_COMMANDS, ...TEST_AGENT_COMMANDS],
);

/** What stands for Windows. */
export const wineProgram = systemLibraries('wine', WINE_PACKAGES, ['wine']);

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
      if (mayInstallPackages()) await installPackages(wanted, { log: 'system-libraries', note });
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
  // Where servers lie, an ordinary user's path does not always lead.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return commands.filter(
    (command) =>
      !folders.some((folder) => statSync(join(folder, command), { throwIfNoEntry: false })?.isFile()),
  );
}

/** @param {readonly PackageNames[]} wanted @param {readonly string[]} missing */
function whatToInstall(wanted, missing) {
  const what = `This machine lacks: ${missing.join(', ')}`;
  const names = hasApt() ? missingPackages(wanted) : [];
  if (names.length === 0) return `${what}\nInstall the system packages that hold them and start again.`;
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`;
  const prefix = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${what}\nInstall them and start again:\n\n    ${prefix}apt-get update && ${prefix}${command}`;
}
