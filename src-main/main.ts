import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { app, dialog, session, shell, utilityProcess } from 'electron';
import { registerAppScheme } from './desktop/app-protocol.ts';
import { createAutostart } from './desktop/autostart.ts';
import { createCommandOnPath } from './desktop/command-on-path/create.ts';
import { startDesktop } from './desktop/desktop.ts';
import { failureOf, FailureError } from './domain/failure.ts';
import { languageFor } from './domain/language.ts';
import { systemClock } from './login/clock.ts';
import { createLogin } from './login/create-login.ts';
import { createUpdates } from './updates/create-updates.ts';
import { packageKind } from './updates/package-kind.ts';
import { readEnvironment, type Environment } from './login/environment.ts';
import type { Login } from './login/login.ts';
import { browserCommand, openBrowser } from './login/open-browser.ts';
import { ErrorLog } from './log/error-log.ts';
import { areAllLoopback } from './oauth/endpoints.ts';
import { reasonOf } from './vault/files/errno.ts';
import { describeFailure } from './words/failure-words.ts';
import { wordsFor } from './words/words.ts';

declare const __PINNED_ELECTRON__: string;
declare const __VERSION__: string;
declare const __PROBLEMS_PAGE__: string | null;

/** The exit code for a start with wrong settings. */
const WRONG_USE = 2;
/** So long Chromium waits at most for what is read from the disk; a network's folder, say, may take longer. */
const HEAD_START_MS = 50;

/** `null` until it is known where they are noted. */
let errors: ErrorLog | null = null;
/** `null` until the app has started. */
let login: Login | null = null;

/**
 * Electron begins with Chromium when this resolves, and while Chromium starts each answer of the disk waits for its turn:
 * what is read before takes a tenth of the time.
 */
async function start(environment: Environment): Promise<void> {
  const log = new ErrorLog({
    folder: join(environment.dataDir, 'logs'),
    ownFiles: pathToFileURL(`${import.meta.dirname}/`).href,
    now: () => systemClock.now(),
  });
  errors = log;
  prepareDataFolder(environment.dataDir);
  app.setPath('userData', environment.dataDir);
  // Chromium's own files stay out of sight of ours.
  app.setPath('sessionData', join(environment.dataDir, 'chromium'));
  // As the installer's menu entry has it: Windows shows notifications of no other.
  if (process.platform === 'win32') app.setAppUserModelId('io.github.latchkey.app');
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
  // A word that calms: it has to be true.
  const practice = process.argv.includes('--practice') && areAllLoopback(environment.endpoints);
  // The practice server is no part of a package.
  const offersPractice = !practice && !app.isPackaged;
  const appImage = process.env['APPIMAGE'] ?? null;
  const kind = packageKind({
    isPackaged: app.isPackaged,
    platform: process.platform,
    resources: process.resourcesPath,
    appImage,
  });
  const created = createLogin(environment, {
    practice,
    offersPractice,
    systemLanguage: languageFor(app.getPreferredSystemLanguages()),
    autostart: practice ? null : createAutostart(app.getPath('appData'), appImage),
    commandOnPath: practice
      ? null
      : createCommandOnPath({
          packageKind: kind,
          platform: process.platform,
          home: environment.home,
          executable: process.execPath,
          resources: process.resourcesPath,
          appImage,
        }),
    version: __VERSION__,
    agent: { name: 'Latchkey', loadQuestions: () => import('./login/serving/questions.ts') },
    reportError: log.report,
    // On Linux `shell.openExternal` starts xdg-open too, but does not tell when that finds no browser.
    openBrowser: (url) =>
      process.platform === 'linux'
        ? openBrowser(browserCommand(process.platform, process.env), url)
        : shell.openExternal(url),
    // Chromium's word: it knows what the system is set to, and runs PAC scripts. Of the URL no more than the host.
    askSystemForProxy: async ({ origin }) => {
      await app.whenReady();
      return session.fromPartition('proxy').resolveProxy(origin);
    },
    startKeychainHelper: async () => {
      await app.whenReady();
      return utilityProcess.fork(join(import.meta.dirname, 'keychain-helper.js'), [], {
        serviceName: 'Latchkey keychain',
        stdio: 'ignore',
      });
    },
    // Nobody vouches for another build of Electron than the one package.json pins.
    standInRuntime: electron === __PINNED_ELECTRON__ ? null : `Electron ${electron}`,
    sandboxOff,
    packageKind: kind,
  });
  const updates = practice
    ? null
    : createUpdates({
        packageKind: kind,
        appPath: app.getAppPath(),
        dataDir: environment.dataDir,
        version: app.getVersion(),
        isOnlyLoopback: electron !== __PINNED_ELECTRON__,
        fetch: created.fetch,
        now: () => systemClock.now(),
        after: (milliseconds, call) => systemClock.after(milliseconds, call),
        byItself: () => created.snapshot.settings.updates === 'by-itself',
        show: (shown) => created.showUpdates(shown),
        reportError: (error) => log.report('updates', error),
        onQuit: (call) => app.once('quit', (_event, code) => call(code)),
        quit: () => app.quit(),
      });
  app.on('before-quit', (event) => {
    // Preventing a quit can stop the whole system from shutting down: only where something would be lost.
    if (!created.isBusy) return;
    event.preventDefault();
    void created.stop().finally(() => app.quit());
  });
  app.on('will-quit', (event) => {
    // What a quit does not wait for: nobody finds a socket there any more.
    const stopped = created.stop();
    // A refresh may have begun while the windows closed. What comes after this puts a newer version in place.
    if (!created.isBusy) return;
    event.preventDefault();
    void stopped.finally(() => app.quit());
  });
  const read = created.start();
  Promise.all([read, app.whenReady()])
    .then(() => {
      login = created;
      startDesktop(created, {
        errors: log,
        updates,
        problemsPage: __PROBLEMS_PAGE__,
        // The practice server has keys of its own.
        keysPage: new URL('/settings/keys', practice ? environment.endpoints.apiUrl : CONSOLE).href,
        loadRenderer: () => import('../src-renderer/draw-page.tsx'),
        ...(offersPractice ? { startPractice } : {}),
      });
      void updates?.begin();
    })
    .catch(fail);
  await Promise.race([read, delay(HEAD_START_MS, undefined, { ref: false })]);
}

/** Where Anthropic's API keys are made. */
const CONSOLE = 'https://console.anthropic.com';

let runningPractice: Promise<void> | null = null;

/**
 * Runs the checkout's practice beside us: an app of its own, with files of its own. Resolves when that has ended; the one
 * that runs already, if any, counts.
 *
 * @throws FailureError `practice-failed`
 */
function startPractice(): Promise<void> {
  runningPractice ??= runPractice().finally(() => (runningPractice = null));
  return runningPractice;
}

async function runPractice(): Promise<void> {
  const script = join(app.getAppPath(), 'scripts', 'start.mjs');
  const child = spawn(process.execPath, [script, '--practice'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  // It may outlive us.
  child.unref();
  const [code] = (await once(child, 'exit').catch(() => [null])) as [number | null];
  if (code !== 0) throw new FailureError({ code: 'practice-failed', exitCode: code });
}

/** Else Electron would take the lock it cannot make for one that another instance holds, and end without a word. */
function prepareDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new FailureError({ code: 'data-not-writable', path, reason: reasonOf(error) }, { cause: error });
  }
}

function fail(error: unknown): void {
  errors?.report('main', error);
  // The person's own choice may be what could not be read.
  const words = wordsFor(languageFor(app.getPreferredSystemLanguages()));
  const { title, explanation } = describeFailure(words, failureOf(error), 'other');
  // Before the app is ready this goes to standard error on Linux: there is no dialogue that early.
  dialog.showErrorBox(title, explanation);
  // By then it is noted.
  void Promise.resolve(errors?.flush()).finally(() => app.exit(WRONG_USE));
}

/**
 * Nobody caught it. What is on disk is whole at every moment and every command begins there, so the app goes on, and
 * tells; where it has not started yet there is nothing to go on with.
 */
function goOn(error: unknown): void {
  if (login === null) {
    fail(error);
    return;
  }
  try {
    login.report(error, 'main');
  } catch (inTelling) {
    // A face that fails over what it is told must not end the app either.
    errors?.report('main', inTelling);
  }
}

process.on('uncaughtException', goOn);
process.on('unhandledRejection', goOn);

// Node would then take any certificate for the service's, and no fuse covers this variable.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

try {
  await start(readEnvironment(process.env, process.platform, homedir()));
} catch (error) {
  fail(error);
}
