import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { startBus } from './bus.ts';
import { startKeyring } from './keyring.ts';
import { startNotifications } from './notifications.ts';
import { startPanel } from './panel.ts';
import { Services } from './services.ts';
import { startScreen } from './x-server.ts';

// `node desktop.ts <folder> <command> <argument>…`: brings up screen, bus, keyring and panel, everything they write
// going to the folder, then runs the command. By then a tray icon that registers is shown and the keyring is open.

/** What of the caller's environment would lead a program to the caller's own desktop, home or Latchkey. */
const FOREIGN =
  /^(XDG_|DBUS_|GTK_|GNOME_|DESKTOP_|LATCHKEY_|SUDO_|DISPLAY$|WAYLAND_DISPLAY$|XAUTHORITY$|SSH_AUTH_SOCK$)/;

const [folder = '', program = '', ...args] = process.argv.slice(2);
const makeFolder = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o700 });
  return path;
};

const services = new Services(makeFolder('logs'), {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  HOME: makeFolder('home'),
  TMPDIR: makeFolder('tmp'),
  XDG_RUNTIME_DIR: makeFolder('run'),
  XDG_CONFIG_HOME: makeFolder('config'),
  XDG_DATA_HOME: makeFolder('data'),
  XDG_CACHE_HOME: makeFolder('cache'),
  XDG_CURRENT_DESKTOP: 'XFCE',
  PATH: `${join(import.meta.dirname, 'bin')}:${process.env['PATH'] ?? ''}`,
  LANG: 'C.UTF-8',
  // No accessibility bus: a test reaches a window's accessibility tree through Playwright.
  NO_AT_BRIDGE: '1',
  LATCHKEY_TEST_ARTIFACTS: makeFolder('artifacts'),
});
await services.watch(startAll());

const child = spawn(program, args, { env: services.environment, stdio: 'inherit' });
child.on('error', (error) => {
  process.stderr.write(`${program} cannot start: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // Ends also with services running: process 1 ends those.
  process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
});

async function startAll(): Promise<void> {
  await Promise.all([startScreen(services, makeFolder('screen')), startBus(services)]);
  await Promise.all([startKeyring(services), startPanel(services), startNotifications(services)]);
}
