import { account } from './account.ts';
import { apiKey } from './api-key.ts';
import { conventions } from './conventions.ts';
import { failures } from './failures.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { network } from './network.ts';
import { notifications } from './notifications.ts';
import { keychainObstacles } from './obstacles.ts';
import { settings } from './settings.ts';
import { signIn } from './sign-in.ts';
import { trayMenu } from './tray-menu.ts';
import { trayTooltip } from './tray-tooltip.ts';
import { updates } from './updates.ts';
import { window } from './window.ts';

/** English, the language that every other one is checked against. */
export const en = {
  /** For `Intl` and the page: British, for its order of day and month and its 24 hours. */
  locale: 'en-GB',
  /** In itself. */
  name: 'English',
  conventions,
  account,
  apiKey,
  failures,
  help,
  history,
  keychainObstacles,
  network,
  notifications,
  settings,
  signIn,
  trayMenu,
  trayTooltip,
  updates,
  window,
};
