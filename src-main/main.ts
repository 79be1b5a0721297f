import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import { registerAppScheme } from './desktop/app-protocol.ts';
import { startDesktop } from './desktop/desktop.ts';
import { describeFailure } from './domain/failure-words.ts';
import { failureOf } from './domain/failure.ts';
import { createLogin } from './login/create-login.ts';
import { readEnvironment, type Environment } from './login/environment.ts';
import { browserCommand, openBrowser } from './login/open-browser.ts';

declare const __PINNED_ELECTRON__: string;
declare const __VERSION__: string;

/** The exit code for a start with wrong settings. */
const WRONG_USE = 2;

async function start(environment: Environment): Promise<void> {
  app.setPath('userData', environment.dataDir);
  // Chromium's own files stay out of sight of ours.
  app.setPath('sessionData', join(environment.dataDir, 'chromium'));
  if (!app.requestSingleInstanceLock()) {
    app.exit();
    return;
  }
  const sandboxOff = app.commandLine.hasSwitch('no-sandbox');
  if (!sandboxOff) app.enableSandbox();
  // The window stores nothing, so Chromium needs no key of its own: without this it asks for the system keyring at
  // every start, which may show a password dialogue.
  app.commandLine.appendSwitch('password-store', 'basic');
  registerAppScheme();
  // Closing the window leaves the app in the tray.
  app.on('window-all-closed', () => undefined);
  app.dock?.hide();

  const { electron } = process.versions;
  const login = createLogin(environment, {
    version: __VERSION__,
    fetch: globalThis.fetch,
    // On Linux `shell.openExternal` starts xdg-open too, but does not tell when that finds no browser.
    openBrowser: (url) =>
      process.platform === 'linux'
        ? openBrowser(browserCommand(process.platform, process.env), url)
        : shell.openExternal(url),
    practice: process.argv.includes('--practice'),
    // Nobody vouches for another build of Electron than the one package.json pins.
    standInRuntime: electron === __PINNED_ELECTRON__ ? null : `Electron ${electron}`,
    sandboxOff,
  });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void login.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
  await Promise.all([login.start(), app.whenReady()]);
  startDesktop(login);
}

function fail(error: unknown): void {
  const { title, explanation } = describeFailure(failureOf(error));
  dialog.showErrorBox(title, explanation);
  app.exit(WRONG_USE);
}

try {
  start(readEnvironment(process.env, process.platform, homedir())).catch(fail);
} catch (error) {
  fail(error);
}
