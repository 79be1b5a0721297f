import { join } from 'node:path';
import { app, Menu, nativeTheme, powerMonitor, screen } from 'electron';
import { channels, type PageStart } from '../../src-preload/contract.ts';
import { MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { systemClock } from '../login/clock.ts';
import type { Login } from '../login/login.ts';
import { loadResponses } from './app-protocol.ts';
import { handleRenderer } from './ipc.ts';
import { Notifier } from './notifier.ts';
import { pageCommands, type NotedErrors, type UpdateCommands } from './page-commands.ts';
import { runner } from './runner.ts';
import { SecretClipboard } from './secret-clipboard.ts';
import { systemClipboard } from './system-clipboard.ts';
import { TrayController } from './tray-controller.ts';
import { WindowController } from './window-controller.ts';
import { windowPlace } from './window-place.ts';

/** So long the panel takes to show the tray icon, in milliseconds. */
const AFTER_ICON = 50;
/** When the tray icon is there and the machine has time for what the first opening of the window needs. */
const AFTER_START = SECOND;

/** What the desktop needs from the composition. */
export interface DesktopPorts {
  readonly errors: NotedErrors;
  /** Loads what draws the window's page, which the tray does not need. */
  readonly loadRenderer: () => Promise<Renderer>;
  /** Where problems are reported; `null` for nowhere. */
  readonly problemsPage: string | null;
  /** Where API keys are made. */
  readonly keysPage: string;
  /** Where there is a practice account to try. */
  readonly startPractice?: () => Promise<void>;
  /** `null` where somebody else brings newer versions. */
  readonly updates: (UpdateCommands & { readonly wake: () => void }) | null;
}

interface Renderer {
  /** Makes the page out of the built one, showing the snapshot at that instant. */
  readonly drawPage: (
    template: string,
    present: { readonly snapshot: Snapshot; readonly now: Instant },
    startsAt: PageStart,
  ) => string;
}

/**
 * Puts the login on the desktop: tray, window, notifications and the roads between them. To be called when Electron is
 * ready.
 */
export function startDesktop(login: Login, ports: DesktopPorts): void {
  // The app has no menu bar; a default one would bring its own accelerators, reload and zoom among them.
  Menu.setApplicationMenu(null);
  const root = app.getAppPath();
  const run = runner(login);
  const windowController = new WindowController({
    rendererFolder: join(root, 'out', 'renderer'),
    drawPage: async (template, startsAt) => {
      try {
        const { drawPage } = await ports.loadRenderer();
        return drawPage(template, { snapshot: login.snapshot, now: Date.now() }, startsAt);
      } catch (error) {
        login.report(error, 'window');
        throw error;
      }
    },
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    icon: join(root, 'assets', 'app', 'icons', '64x64.png'),
    place: (size, isFromTray) => {
      const icon = tray.bounds;
      const pointer = () => ({ ...screen.getCursorScreenPoint(), width: 0, height: 0 });
      // Linux does not tell where the icon is: the pointer has just pressed it.
      const beside = icon.width > 0 ? icon : isFromTray ? pointer() : null;
      const { workArea } = screen.getDisplayNearestPoint(beside ?? login.settings.windowPlace ?? icon);
      return windowPlace(size, beside, login.settings.windowPlace, workArea);
    },
    onGone: (reason) =>
      ports.errors.reportTrace('window', { class: 'RendererGone', code: reason, frames: [] }),
    onClosed: ({ x, y }) => {
      // Whoever closes the window has read how the sign-in ended.
      login.dismissSignIn();
      run(() => login.settings.rememberWindowPlace({ x, y }));
      // An app that quits does not go on.
      if (isQuitting) return;
      run(async () => {
        const isFirstTime = await login.settings.leaveWindow();
        // One that gave way to another is still there.
        if (isFirstTime && windowController.window === null) notifier.tellGoingOn();
      });
    },
  });
  let isQuitting = false;
  app.on('before-quit', () => (isQuitting = true));
  const openWindow = () => windowController.open();
  const openFromTray = () => windowController.open({ isFromTray: true });
  const signInAfter = (open: () => void) => (accountId?: string) => {
    open();
    run(() => login.signIn(accountId));
  };
  const notifier = new Notifier(login, {
    isWindowOpen: () => windowController.window !== null,
    openWindow,
    signIn: signInAfter(openWindow),
  });
  const secrets = new SecretClipboard(systemClipboard, (milliseconds, call) =>
    systemClock.after(milliseconds, call),
  );
  const tray = new TrayController(
    {
      iconFolder: join(root, 'assets', 'tray'),
      commands: {
        signIn: signInAfter(openFromTray),
        refresh: (id) =>
          run(async () => {
            await login.refresh(id);
            notifier.tellRefresh(id);
          }),
        copyAccessToken: (id) =>
          run(async () => {
            await secrets.copy(await login.accessToken(id, MINUTE));
            notifier.tellCopied(id);
          }),
        copyApiKey: () =>
          run(async () => {
            await secrets.copy(await login.keys.read());
            notifier.tellKeyCopied();
          }),
        cancelSignIn: () => login.cancelSignIn(),
        openWindow: openFromTray,
        openSettings: () => windowController.open({ startsAt: 'settings', isFromTray: true }),
        quit: () => app.quit(),
        pauseServing: () => run(() => login.serving.pause()),
        resumeServing: () => run(() => login.serving.open(null)),
        setStartAtLogin: (on) => login.setStartAtLogin(on),
      },
      now: () => Date.now(),
    },
    login.snapshot,
  );

  app.on('before-quit', (event) => {
    if (!secrets.isHolding) return;
    // The app waits for it: by then nothing is held any more, and the second quit passes.
    event.preventDefault();
    void secrets.takeAway().finally(() => app.quit());
  });
  handleRenderer(
    () => windowController.window,
    pageCommands(login, {
      secrets,
      errors: ports.errors,
      closeWindow: () => windowController.close(),
      reopenWindow: () => windowController.reopen(),
      problemsPage: ports.problemsPage,
      keysPage: ports.keysPage,
      startPractice: ports.startPractice,
      updates: ports.updates,
    }),
    { snapshot: () => login.snapshot, onHeight: (height) => windowController.follow(height) },
  );

  const follow = ({ settings }: Snapshot) => {
    if (nativeTheme.themeSource !== settings.theme) nativeTheme.themeSource = settings.theme;
  };
  follow(login.snapshot);
  login.subscribe((snapshot) => {
    follow(snapshot);
    tray.show(snapshot);
    windowController.window?.webContents.send(channels.snapshot, snapshot);
  });

  powerMonitor.on('suspend', () => login.suspend());
  powerMonitor.on('resume', () => {
    run(() => login.resume());
    ports.updates?.wake();
  });
  // The tray's words name minutes; and a clock that was set is noticed, which no timer would.
  setInterval(() => {
    tray.show(login.snapshot);
    login.look();
  }, MINUTE);
  // What other programs wrote meanwhile is looked at once the icon is there.
  setTimeout(() => {
    login.keep();
    run(() => login.serving.follow());
  }, AFTER_ICON);
  setTimeout(() => {
    // Whoever is signed out has nothing to renew, and in the window nothing to see but the way in.
    if (login.snapshot.accounts.length === 0) return;
    loadResponses();
    run(() => windowController.prepare());
  }, AFTER_START);

  // A window must be reachable also where the desktop has no tray: starting the app once more shows it.
  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
  run(async () => {
    if (await login.settings.welcome()) openWindow();
  });
}
