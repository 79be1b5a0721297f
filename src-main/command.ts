import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, utilityProcess } from 'electron';
import { readEnvironment } from './login/environment.ts';
import { runCommand } from './terminal/whole.ts';
import { packageKind } from './updates/package-kind.ts';

declare const __PINNED_ELECTRON__: string;
declare const __VERSION__: string;

/** As it was before Chromium, which puts something of its own into it. */
function withoutChromium(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = ([name, value]: [string, string | undefined]) =>
    name === 'CHROME_DESKTOP' || (name === 'DBUS_SESSION_BUS_ADDRESS' && value === 'disabled:');
  return Object.fromEntries(Object.entries(variables).filter((entry) => !own(entry)));
}

/**
 * The command on the app's own runtime. Electron waits with everything that needs a display until this resolves: only
 * where the keychain is asked, whose helper wants more of Electron, it goes on with that, still without a window.
 */
export async function runInApp(words: readonly string[]): Promise<void> {
  const variables = withoutChromium(process.env);
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  const { promise: more, resolve: goOn } = Promise.withResolvers<'more'>();
  let folder: string | null = null;
  const startKeychainHelper = async () => {
    // Chromium's files: the app that may be running has its own.
    folder ??= mkdtempSync(join(tmpdir(), 'latchkey-command-'));
    app.setPath('userData', folder);
    app.setPath('sessionData', folder);
    goOn('more');
    await app.whenReady();
    return utilityProcess.fork(join(import.meta.dirname, 'keychain-helper.js'), [], {
      serviceName: 'Latchkey keychain',
      stdio: 'ignore',
    });
  };
  const { electron } = process.versions;
  const ended = runCommand(words, {
    version: __VERSION__,
    variables,
    ownFiles: pathToFileURL(`${import.meta.dirname}/`).href,
    program: [process.env['APPIMAGE'] ?? process.execPath],
    startKeychainHelper,
    // Nobody vouches for another build of Electron than the one package.json pins.
    standInRuntime: electron === __PINNED_ELECTRON__ ? null : `Electron ${electron}`,
    packageKind: packageKind({
      isPackaged: app.isPackaged,
      platform: process.platform,
      resources: process.resourcesPath,
      appImage: null,
    }),
    readEnvironment: () => readEnvironment(variables, process.platform, homedir()),
  }).then((code) => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
  await Promise.race([ended, more]);
}
