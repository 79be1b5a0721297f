import { join } from 'node:path';
import { app, clipboard, Menu, shell } from 'electron';
import { channels, type Link } from '../../src-preload/contract.ts';
import type { Login } from '../login/login.ts';
import { createAutostart } from './autostart.ts';
import { handleRenderer, type CommandHandlers } from './ipc.ts';
import { TrayController } from './tray-controller.ts';
import { WindowController } from './window-controller.ts';

const LINKS: Readonly<Record<Link, string>> = {
  'api-keys': 'https://console.anthropic.com/settings/keys',
  'claude-settings': 'https://claude.ai/settings',
  terms: 'https://code.claude.com/docs/en/legal-and-compliance',
};

/** Puts the login on the desktop: tray, window and the road between them. To be called when Electron is ready. */
export function startDesktop(login: Login): void {
  // The app has no menu bar; a default one would bring its own accelerators, reload and zoom among them.
  Menu.setApplicationMenu(null);
  const root = app.getAppPath();
  const windowController = new WindowController({
    rendererFolder: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    icon: join(root, 'assets', 'app', 'icon-256.png'),
  });
  const openWindow = () => windowController.open();
  const run = (work: () => unknown): void => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => login.report(error));
  };

  const tray = new TrayController(
    {
      iconFolder: join(root, 'assets', 'tray'),
      commands: {
        signIn: () => {
          openWindow();
          run(() => login.signIn());
        },
        cancelSignIn: () => login.cancelSignIn(),
        openWindow,
        quit: () => app.quit(),
        failed: (failure) => login.addTrouble(failure),
      },
      autostart: login.snapshot.surroundings.practice ? null : createAutostart(app.getPath('appData')),
      now: () => Date.now(),
    },
    login.snapshot,
  );

  const handlers: CommandHandlers = {
    signIn: () => run(() => login.signIn()),
    acknowledgeTerms: () => run(() => login.acknowledgeTerms()),
    cancelSignIn: () => login.cancelSignIn(),
    dismissSignIn: () => login.dismissSignIn(),
    copyAuthorizationUrl: () => {
      const url = login.authorizationUrl;
      if (url !== null) run(() => clipboard.writeText(url));
    },
    openBrowserAgain: () => run(() => login.openBrowserAgain()),
    saveAgain: () => run(() => login.saveAgain()),
    restrictConfigFile: () => run(() => login.restrictConfigFile()),
    showConfigFile: () => run(() => shell.showItemInFolder(login.snapshot.surroundings.configFile)),
    openLink: (link) => run(() => shell.openExternal(LINKS[link])),
    hideWindow: () => windowController.close(),
  };
  handleRenderer(
    () => windowController.window,
    handlers,
    () => login.snapshot,
  );

  login.subscribe((snapshot) => {
    tray.show(snapshot);
    windowController.window?.webContents.send(channels.snapshot, snapshot);
  });

  // A window must be reachable also where the desktop has no tray: starting the app once more shows it.
  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
}
