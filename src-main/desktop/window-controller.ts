import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen, session, type Session } from 'electron';
import { channels, type PageStart } from '../../src-preload/contract.ts';
import { APP_ORIGIN, PAGE_URL, serveApp } from './app-protocol.ts';
import { GROUND } from './ground.ts';
import { followed, HEIGHTS, type Place } from './window-place.ts';

/** As it opens for the first time: about as high as an account that is well. */
const SIZE = { width: 380, height: 512 };

/** In memory only (no `persist:`): the window keeps nothing on disk. */
const PARTITION = 'latchkey-window';

/** How the window is opened. */
interface Opening {
  readonly startsAt?: PageStart;
  readonly isFromTray?: boolean;
}

/** The one window. It exists only while it is shown: closing it frees its renderer. */
export class WindowController {
  readonly #rendererFolder: string;
  readonly #drawPage: (template: string, startsAt: PageStart) => Promise<string>;
  readonly #preload: string;
  readonly #icon: string;
  readonly #place: (
    size: { readonly width: number; readonly height: number },
    isFromTray: boolean,
  ) => Place | null;
  readonly #onGone: (reason: string) => void;
  readonly #onClosed: (place: Place) => void;
  #window: BrowserWindow | null = null;
  #session: Session | null = null;
  #startsAt: PageStart = 'status';
  /** How high the page was made last, and before that: any other height is the person's own. */
  #heights: readonly [last: number, before: number] = [SIZE.height, SIZE.height];

  constructor(options: {
    readonly rendererFolder: string;
    /** Makes the page out of the built one. */
    readonly drawPage: (template: string, startsAt: PageStart) => Promise<string>;
    readonly preload: string;
    readonly icon: string;
    /** Where the window is to open; `null` leaves it to the system. */
    readonly place: (
      size: { readonly width: number; readonly height: number },
      isFromTray: boolean,
    ) => Place | null;
    /** Its renderer has died. */
    readonly onGone: (reason: string) => void;
    /** @param place where it was */
    readonly onClosed: (place: Place) => void;
  }) {
    this.#rendererFolder = options.rendererFolder;
    this.#drawPage = options.drawPage;
    this.#preload = options.preload;
    this.#icon = options.icon;
    this.#place = options.place;
    this.#onGone = options.onGone;
    this.#onClosed = options.onClosed;
  }

  /** The open window, for whoever has something to tell it. */
  get window(): BrowserWindow | null {
    return this.#window;
  }

  /**
   * Shows the window, creating it where there is none, as high as its page was when it was open last.
   *
   * @param startsAt what it is to show, as far as that is up to the person
   * @param isFromTray the person has pressed something of the tray for it
   */
  open({ startsAt = 'status', isFromTray = false }: Opening = {}): void {
    this.#startsAt = startsAt;
    if (this.#window !== null) {
      if (startsAt === 'settings') this.#window.webContents.send(channels.openSettings);
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    const size = { ...SIZE, height: this.#heights[0] };
    this.#heights = [size.height, size.height];
    const window = new BrowserWindow({
      ...size,
      ...this.#place(size, isFromTray),
      minWidth: 320,
      minHeight: HEIGHTS.lowest,
      useContentSize: true,
      title: 'Latchkey',
      icon: this.#icon,
      show: false,
      backgroundColor: GROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
      autoHideMenuBar: true,
      fullscreenable: false,
      webPreferences: {
        session: this.#prepareSession(),
        preload: this.#preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    this.#window = window;
    window.removeMenu();
    // The page is whole, its picture drawn into it: to map the window while that is painted saves a frame or two.
    window.webContents.once('dom-ready', () => window.show());
    let place = window.getBounds();
    window.once('close', () => (place = window.getBounds()));
    window.once('closed', () => {
      this.#window = null;
      this.#onClosed(place);
    });
    // A dead renderer would leave an empty window that can only be raised.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#onGone(reason);
      window.destroy();
    });
    confine(window);
    // A page that could not be drawn would leave a window behind that nobody ever sees.
    window.loadURL(PAGE_URL).catch(() => {
      if (!window.isDestroyed()) window.destroy();
    });
  }

  /**
   * Draws the page for nobody, without a window or a renderer: it is slow the first time, which the first opening would
   * wait for. (Its session would be worth as much, and costs eight megabytes.)
   */
  async prepare(): Promise<void> {
    await this.#drawPage(await readFile(join(this.#rendererFolder, 'index.html'), 'utf8'), 'status');
  }

  /** Makes the window as high as its page, until the person gives it another height. */
  follow(page: number): void {
    const window = this.#window;
    if (window === null || window.isMaximized()) return;
    const { width, height: present } = window.getContentBounds();
    if (!this.#heights.includes(present)) return;
    const bounds = window.getBounds();
    const frame = bounds.height - present;
    const next = followed(bounds, frame, Math.ceil(page), screen.getDisplayMatching(bounds).workArea);
    const height = next.height - frame;
    if (height === this.#heights[0]) return;
    this.#heights = [height, present];
    if (next.y === bounds.y) window.setContentSize(width, height);
    else window.setBounds(next);
  }

  /** A new window in the place of the one there is, with nothing of that but where it was. */
  reopen(): void {
    this.#window?.once('closed', () => this.open());
    this.#window?.close();
  }

  /** Closes the window; the app goes on in the tray. */
  close(): void {
    this.#window?.close();
  }

  #prepareSession(): Session {
    if (this.#session === null) {
      this.#session = session.fromPartition(PARTITION, { cache: false });
      serveApp(this.#session, this.#rendererFolder, (template) => this.#drawPage(template, this.#startsAt));
      // Whose dictionaries every new window would wait for.
      this.#session.setSpellCheckerEnabled(false);
      this.#session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
      this.#session.setPermissionCheckHandler(() => false);
      this.#session.setDevicePermissionHandler(() => false);
      this.#session.on('will-download', (event) => event.preventDefault());
      // Nothing is fetched from anywhere but the app itself, whatever the page tries.
      this.#session.webRequest.onBeforeRequest(({ url }, decide) =>
        decide({ cancel: !url.startsWith(`${APP_ORIGIN}/`) && !url.startsWith('devtools://') }),
      );
    }
    return this.#session;
  }
}

/** The page stays the page: no navigation, no further windows, no embedded views, no downloads. */
function confine({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-frame-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  // The page cannot keep its window, or the app, from closing.
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  // WebRTC heeds neither the content security policy nor `onBeforeRequest`.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
