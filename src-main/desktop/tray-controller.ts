import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { Instant } from '../domain/instant.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { describeSnapshot, type IconState } from '../words/tray-tooltip-words.ts';
import { trayMenu, type TrayCommands } from './tray-menu.ts';

/** The tray icon: its picture, tooltip and menu follow the snapshot, and its words follow the clock. */
export class TrayController {
  readonly #iconFolder: string;
  readonly #commands: TrayCommands;
  readonly #now: () => Instant;
  readonly #tray: Tray;
  #snapshot: Snapshot;
  #shown = { picture: '', tooltip: '', menu: '' };

  constructor(
    options: {
      readonly iconFolder: string;
      readonly commands: TrayCommands;
      readonly now: () => Instant;
    },
    snapshot: Snapshot,
  ) {
    this.#iconFolder = options.iconFolder;
    this.#commands = {
      ...options.commands,
      setStartAtLogin: (on) => {
        options.commands.setStartAtLogin(on);
        // The system may not have taken it: then the checkbox the click changed has to change back.
        this.#shown.menu = '';
        this.#render();
      },
    };
    this.#now = options.now;
    this.#snapshot = snapshot;
    this.#tray = new Tray(
      nativeImage.createFromPath(this.#picture(describeSnapshot(snapshot, this.#now()).icon)),
    );
    this.#tray.on('click', this.#commands.openWindow);
    // The taskbar may have become light or dark.
    nativeTheme.on('updated', () => this.#render());
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
    const now = this.#now();
    const { icon, tooltip } = describeSnapshot(this.#snapshot, now);
    const picture = this.#picture(icon);
    if (picture !== this.#shown.picture) this.#tray.setImage(nativeImage.createFromPath(picture));
    this.#shown.picture = picture;
    if (tooltip !== this.#shown.tooltip) this.#tray.setToolTip(tooltip);
    this.#shown.tooltip = tooltip;

    const items = trayMenu(this.#snapshot, now, this.#commands);
    const menu = JSON.stringify(items);
    if (menu === this.#shown.menu) return;
    this.#shown.menu = menu;
    // Linux shows a changed menu only after it was set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }

  #picture(icon: IconState): string {
    // Practice runs beside the real app: its icons are others.
    const kind = this.#snapshot.surroundings.practice ? 'practice' : '';
    return join(this.#iconFolder, kind, iconFile(icon));
  }
}

/** What suits the panel, as far as the platform tells of it (scripts/icons.mjs). */
function iconFile(icon: IconState): string {
  if (process.platform === 'darwin') return `${icon}Template.png`;
  if (process.platform !== 'win32') return `${icon}.png`;
  // From a PNG Electron would take one size only: from an .ico Windows picks the one that fits.
  return `${icon}-on-${nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light'}.ico`;
}
