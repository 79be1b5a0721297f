import { mkdirSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { startBus } from './bus.ts';
import { startKeyring } from './keyring.ts';
import type { User } from './ordinary-user.ts';
import { startPanel } from './panel.ts';
import { Services } from './services.ts';
import { startScreen } from './x-server.ts';

export interface DesktopOptions {
  /** Where everything the desktop writes goes. */
  readonly folder: string;
  readonly checkout: string;
  readonly artifacts: string;
  readonly user: User | null;
}

/** What of the caller's environment would lead a program to the caller's own desktop, home or Latchkey. */
const FOREIGN = /^(XDG_|DBUS_|GTK_|GNOME_|DESKTOP_|LATCHKEY_|DISPLAY$|WAYLAND_DISPLAY$|XAUTHORITY$|SSH_AUTH_SOCK$|SUDO_)/;

/**
 * Brings up screen, bus, keyring and panel, and answers the environment of the programs that are to run there. When
 * it answers, a tray icon that registers is shown and the keyring is open.
 */
export async function startDesktop(options: DesktopOptions): Promise<NodeJS.ProcessEnv> {
  const { folder, checkout, artifacts, user } = options;
  const makeFolder = (name: string, mode = 0o755) => {
    const path = join(folder, name);
    mkdirSync(path, { mode });
    if (user !== null) chownSync(path, user.uid, user.gid);
    return path;
  };
  const environment: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
    HOME: makeFolder('home', 0o700),
    TMPDIR: makeFolder('tmp', 0o700),
    XDG_RUNTIME_DIR: makeFolder('run', 0o700),
    XDG_CONFIG_HOME: makeFolder('config'),
    XDG_DATA_HOME: makeFolder('data'),
    XDG_CACHE_HOME: makeFolder('cache'),
    XDG_CURRENT_DESKTOP: 'XFCE',
    PATH: `${join(checkout, 'tests', 'support', 'desktop', 'bin')}:${process.env['PATH'] ?? ''}`,
    LANG: 'C.UTF-8',
    // No accessibility bus: a test reaches a window's accessibility tree through Playwright.
    NO_AT_BRIDGE: '1',
    LATCHKEY_TEST_ARTIFACTS: artifacts,
  };
  delete environment['NODE_CHANNEL_FD'];
  delete environment['NODE_CHANNEL_SERIALIZATION_MODE'];

  const services = new Services({ logFolder: makeFolder('logs'), environment, user });
  await services.watch(
    Promise.all([startScreen(services, makeFolder('screen')), startBus(services)]).then(async () => {
      await Promise.all([startKeyring(services), startPanel(services)]);
    }),
  );
  return environment;
}
