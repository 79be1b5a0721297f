import { join } from 'node:path';
import { app, clipboard, Menu, nativeTheme, powerMonitor, screen, shell } from 'electron';
import { channels, type Link } from '../../src-preload/contract.ts';
import { MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import { diagnostics } from '../domain/diagnostics.ts';
import type { SignInPhase } from '../domain/sign-in.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { systemClock } from '../login/clock.ts';
import type { Login } from '../login/login.ts';
import { describeNotice, describeRefresh, describeSignIn } from '../words/notice-words.ts';
import { wordsOf } from '../words/words.ts';
import { loadResponses } from './app-protocol.ts';
import { handleRenderer, type CommandHandlers } from './ipc.ts';
import { showNotification } from './notifications.ts';
import { OpeningLimit } from './opening-limit.ts';
import { SecretClipboard } from './secret-clipboard.ts';
import { systemClipboard } from './system-clipboard.ts';
import { TrayController } from './tray-controller.ts';
import { WindowController } from './window-controller.ts';
import { windowPlace } from './window-place.ts';

const LINKS: Readonly<Record<Link, string>> = {
  'api-keys': 'https://console.anthropic.com/settings/keys',
  'claude-settings': 'https://claude.ai/settings',
  terms: 'https://code.claude.com/docs/en/legal-and-compliance',
};

/** When the tray icon is there and the machine has time for what the first opening of the window needs. */
const AFTER_START = SECOND;

/** What the desktop needs from the composition. */
export interface Host {
  /** Loads what draws the window's page, which the tray does not need. */
  readonly loadRenderer: () => Promise<Renderer>;
  /** Where there is a practice account to try. */
  readonly startPractice?: () => Promise<void>;
}

interface Renderer {
  /** Makes the page out of the built one, showing the snapshot at that instant. */
  readonly drawPage: (
    template: string,
    present: { readonly snapshot: Snapshot; readonly now: Instant },
  ) => string;
}

/**
 * Puts the login on the desktop: tray, window, notifications and the roads between them. To be called when Electron is
 * ready.
 */
export function startDesktop(login: Login, host: Host): void {
  // The app has no menu bar; a default one would bring its own accelerators, reload and zoom among them.
  Menu.setApplicationMenu(null);
  const root = app.getAppPath();
  const windowController = new WindowController({
    rendererFolder: join(root, 'out', 'renderer'),
    drawPage: async (template) => {
      try {
        const { drawPage } = await host.loadRenderer();
        return drawPage(template, { snapshot: login.snapshot, now: Date.now() });
      } catch (error) {
        login.report(error);
        throw error;
      }
    },
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    icon: join(root, 'assets', 'app', 'icon-64.png'),
    place: (size) => {
      const icon = tray.bounds;
      const { workArea } = screen.getDisplayNearestPoint(icon.width > 0 ? icon : (login.windowPlace ?? icon));
      return windowPlace(size, icon, login.windowPlace, workArea);
    },
    onClosed: ({ x, y }) => {
      // Whoever closes the window has read how the sign-in ended.
      login.dismissSignIn();
      run(() => login.rememberWindowPlace({ x, y }));
    },
  });
  const openWindow = () => windowController.open();
  const run = (work: () => unknown): void => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => login.report(error));
  };

  /** The same where the page says so when it is done: it learns that it failed, and not why. */
  const done = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      login.report(error);
      throw new Error('failed');
    }
  };

  const secrets = new SecretClipboard(systemClipboard, (milliseconds, call) =>
    systemClock.after(milliseconds, call),
  );
  app.on('before-quit', (event) => {
    if (!secrets.isHolding) return;
    // The app waits for it: by then nothing is held any more, and the second quit passes.
    event.preventDefault();
    void secrets.takeAway().finally(() => app.quit());
  });

  const limit = new OpeningLimit(() => performance.now());
  const opening = (work: () => unknown): void => {
    if (limit.allows()) run(work);
  };
  const accountOf = (id: string) => login.snapshot.accounts.find((account) => account.id === id);
  const signIn = (accountId?: string) => {
    openWindow();
    run(() => login.signIn(accountId));
  };

  const tray = new TrayController(
    {
      iconFolder: join(root, 'assets', 'tray'),
      commands: {
        signIn,
        refresh: (id) =>
          run(async () => {
            await login.refresh(id);
            const account = accountOf(id);
            // The window shows it already.
            if (account === undefined || windowController.window !== null) return;
            const words = describeRefresh(wordsOf(login.snapshot), account, Date.now());
            if (words !== null) showNotification(id, words, openWindow);
          }),
        cancelSignIn: () => login.cancelSignIn(),
        openWindow,
        quit: () => app.quit(),
        setStartAtLogin: (on) => login.setStartAtLogin(on),
      },
      now: () => Date.now(),
    },
    login.snapshot,
  );

  const handlers: CommandHandlers = {
    signIn: (id) => opening(() => login.signIn(id)),
    acknowledgeTerms: () => opening(() => login.acknowledgeTerms()),
    cancelSignIn: () => login.cancelSignIn(),
    dismissSignIn: () => login.dismissSignIn(),
    copyAuthorizationUrl: () => {
      const url = login.authorizationUrl;
      if (url !== null) run(() => clipboard.writeText(url));
    },
    copyAccessToken: (id) => done(async () => secrets.copy(await login.accessToken(id, MINUTE))),
    copyDiagnostics: () => done(() => clipboard.writeText(diagnostics(login.snapshot, process.versions))),
    pasteCodeInstead: () => opening(() => login.pasteCodeInstead()),
    submitCode: (text) => login.submitCode(text),
    changeSettings: (settings) => run(() => login.changeSettings(settings)),
    setStartAtLogin: (on) => login.setStartAtLogin(on),
    openBrowserAgain: () => opening(() => login.openBrowserAgain()),
    refresh: (id) => run(() => login.refresh(id)),
    putBack: (id) => run(() => login.putBack(id)),
    signOut: (id) => run(() => login.signOut(id)),
    saveAgain: () => run(() => login.saveAgain()),
    restrictConfigFile: () => run(() => login.restrictConfigFile()),
    showConfigFile: () => opening(() => shell.showItemInFolder(login.snapshot.surroundings.configFile)),
    openLink: (link) => opening(() => shell.openExternal(LINKS[link])),
    startPractice: () => opening(() => host.startPractice?.()),
    hideWindow: () => windowController.close(),
  };
  handleRenderer(
    () => windowController.window,
    handlers,
    () => login.snapshot,
  );

  /** A sign-in that ends while nobody sees the window. */
  let lastPhase: SignInPhase | null = null;
  const tellSignInEnd = (snapshot: Snapshot): void => {
    const { signIn: attempt, settings } = snapshot;
    const hasEnded = lastPhase === 'running' && attempt?.phase === 'succeeded';
    lastPhase = attempt?.phase ?? null;
    if (!hasEnded || !settings.notifications.signedIn || windowController.window !== null) return;
    const account = accountOf(attempt.accountId);
    if (account === undefined) return;
    showNotification(account.id, describeSignIn(wordsOf(snapshot), account, Date.now()), openWindow);
  };

  const follow = ({ settings }: Snapshot) => {
    if (nativeTheme.themeSource !== settings.theme) nativeTheme.themeSource = settings.theme;
  };
  follow(login.snapshot);
  login.subscribe((snapshot) => {
    follow(snapshot);
    tellSignInEnd(snapshot);
    tray.show(snapshot);
    windowController.window?.webContents.send(channels.snapshot, snapshot);
  });

  login.onNotice(({ accountId, topic }) => {
    const account = accountOf(accountId);
    const { notifications } = login.snapshot.settings;
    const isWanted = topic.startsWith('login-ends') ? notifications.loginEnds : notifications.needsYou;
    if (account === undefined || !isWanted) return;
    const onClick = topic === 'entry-lost' ? openWindow : () => signIn(accountId);
    showNotification(accountId, describeNotice(wordsOf(login.snapshot), topic, account, Date.now()), onClick);
  });

  powerMonitor.on('resume', () => run(() => login.resume()));
  // The tray's words name minutes; and a clock that was set is noticed, which no timer would.
  setInterval(() => {
    tray.show(login.snapshot);
    login.look();
  }, MINUTE);
  login.keep();
  setTimeout(() => {
    loadResponses();
    run(host.loadRenderer);
  }, AFTER_START);

  // A window must be reachable also where the desktop has no tray: starting the app once more shows it.
  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
  run(async () => {
    if (await login.welcome()) openWindow();
  });
}
