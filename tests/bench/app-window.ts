import type { RunningApp } from '../support/desktop/app.ts';
import { closeWindow } from '../support/desktop/window.ts';
import type { AppName, PerApp } from './apps.ts';
import { watchPainting } from './screen-watch.ts';

const MENU_ITEM: PerApp<string> = { latchkey: 'Open Latchkey', bare: 'Open' };
const TITLE: PerApp<string> = { latchkey: 'Latchkey', bare: 'Bare' };

/** Opens the app's window by its tray menu; answers when the screen showed it, in milliseconds since the epoch. */
export async function openWindow(app: RunningApp, name: AppName): Promise<number> {
  const tray = await app.tray();
  const [painted] = await Promise.all([watchPainting(), tray.clickMenuItem(MENU_ITEM[name])]);
  return painted;
}

/** Closes it and waits until it is off the screen. */
export function closeAppWindow(name: AppName): Promise<void> {
  return closeWindow(TITLE[name]);
}
