import type { Catalogue } from '../catalogue.ts';

/** What is in the tray's menu only; what helps there is `help`'s. */
export const tray: Catalogue['tray'] = {
  practice: (headline) => `Übung: ${headline}`,
  cancelSignIn: 'Anmelden abbrechen',
  open: 'Latchkey öffnen',
  startAtLogin: 'Mit dem System starten',
  quit: 'Latchkey beenden',
};
