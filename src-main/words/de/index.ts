import type { Catalogue } from '../catalogue.ts';
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

/** German. A text that is composed of others needs no case of theirs: they stand after a colon, a dash or a comma. */
export const de: Catalogue = {
  locale: 'de-DE',
  name: 'Deutsch',
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
