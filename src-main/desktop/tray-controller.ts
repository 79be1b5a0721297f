import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { Instant } from '../domain/instant.ts';
import { loginEnd } from '../domain/history.ts';
import { isUnderWay } from '../domain/sign-in.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { describeAccount, describeSnapshot, type IconState } from '../words/snapshot-words.ts';
import { wordsOf } from '../words/words.ts';

/** What the menu can ask for. */
export interface TrayCommands {
  readonly signIn: (accountId?: string) => void;
  readonly refresh: (accountId: string) => void;
  readonly cancelSignIn: () => void;
  readonly openWindow: () => void;
  readonly quit: () => void;
  readonly setStartAtLogin: (on: boolean) => void;
}

/** The tray icon: its picture, tooltip and menu follow the snapshot, and its words follow the clock. */
export class TrayController {
  readonly #iconFolder: string;
  readonly #commands: TrayCommands;
  readonly #now: () => Instant;
  readonly #tray: Tray;
  #snapshot: Snapshot;
  #shown = { icon: '', menu: '' };

  constructor(
    options: {
      readonly iconFolder: string;
      readonly commands: TrayCommands;
      readonly now: () => Instant;
    },
    snapshot: Snapshot,
  ) {
    this.#iconFolder = options.iconFolder;
    this.#commands = options.commands;
    this.#now = options.now;
    this.#snapshot = snapshot;
    this.#tray = new Tray(this.#image(describeSnapshot(snapshot, this.#now()).icon));
    this.#tray.on('click', this.#commands.openWindow);
    this.#render();
  }

  /** Where the icon is on the screen; of no size where the platform does not tell (Linux). */
  get bounds(): Electron.Rectangle {
    return this.#tray.getBounds();
  }

  /** @param snapshot the latest; the same one again when only time has passed, since the words name minutes */
  show(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#render();
  }

  /** Idempotent: touches the system's tray only where something differs from what it shows. */
  #render(): void {
    const { icon, headline } = describeSnapshot(this.#snapshot, this.#now());
    if (icon !== this.#shown.icon) this.#tray.setImage(this.#image(icon));
    this.#shown.icon = icon;

    const items = this.#menuItems(headline);
    const menu = JSON.stringify(items);
    if (menu === this.#shown.menu) return;
    this.#shown.menu = menu;
    this.#tray.setToolTip(headline);
    // Linux shows a changed menu only after it was set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }

  #menuItems(headline: string): MenuItemConstructorOptions[] {
    const { tray } = wordsOf(this.#snapshot);
    return [
      { label: plainLabel(headline), enabled: false },
      { type: 'separator' },
      ...this.#accountItems(),
      { label: tray.open, click: this.#commands.openWindow },
      { type: 'separator' },
      ...this.#autostartItem(),
      { label: tray.quit, click: this.#commands.quit },
    ];
  }

  /** What can be done about the account; with several of them, a submenu each. */
  #accountItems(): MenuItemConstructorOptions[] {
    const { accounts, signIn } = this.#snapshot;
    const words = wordsOf(this.#snapshot);
    const { help, tray } = words;
    const [first, ...others] = accounts;
    const cancel = isUnderWay(signIn)
      ? [{ label: tray.cancelSignIn, click: this.#commands.cancelSignIn }]
      : [];
    if (first === undefined) {
      const signInItem = { label: help['sign-in'], click: () => this.#commands.signIn() };
      return cancel.length > 0 ? cancel : [signInItem];
    }
    const items = (account: Account): MenuItemConstructorOptions[] => [
      ...(cancel.length > 0
        ? []
        : [{ label: help['sign-in-again'], click: () => this.#commands.signIn(account.id) }]),
      {
        label: help['refresh-now'],
        enabled: account.refreshable && !account.refreshing && loginEnd(account.history) !== 'refused',
        click: () => this.#commands.refresh(account.id),
      },
    ];
    if (others.length === 0) return [...cancel, ...items(first)];
    const now = this.#now();
    return [
      ...cancel,
      ...accounts.map((account) => ({
        label: plainLabel(describeAccount(words, account, now).who),
        submenu: [{ label: describeAccount(words, account, now).clocks, enabled: false }, ...items(account)],
      })),
    ];
  }

  #autostartItem(): MenuItemConstructorOptions[] {
    const { startAtLogin } = this.#snapshot;
    if (startAtLogin === null) return [];
    const click = () => {
      this.#commands.setStartAtLogin(!startAtLogin);
      // The system may not have taken it: then the checkbox the click changed has to change back.
      this.#shown.menu = '';
      this.#render();
    };
    return [
      { label: wordsOf(this.#snapshot).tray.startAtLogin, type: 'checkbox', checked: startAtLogin, click },
    ];
  }

  #image(icon: IconState): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#iconFolder, iconFile(icon)));
  }
}

/** An ampersand in a label marks a mnemonic; two are one to read. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

function iconFile(icon: IconState): string {
  if (process.platform === 'darwin') return `${icon}Template.png`;
  // From a PNG Electron would take one size only; from an .ico Windows picks the one that fits.
  return process.platform === 'win32' ? `${icon}.ico` : `${icon}.png`;
}
