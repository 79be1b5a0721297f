import type { Catalogue } from '../catalogue.ts';

/** What is in the tray's menu only; what helps there is `help`'s. */
export const trayMenu: Catalogue['trayMenu'] = {
  cancelSignIn: 'Anmelden abbrechen',
  open: 'Latchkey öffnen',
  copyAccessToken: 'Zugriffstoken kopieren',
  copyApiKey: 'API-Schlüssel kopieren',
  settings: 'Einstellungen …',
  startAtLogin: 'Beim Start des Computers öffnen',
  quit: 'Latchkey beenden',
};
