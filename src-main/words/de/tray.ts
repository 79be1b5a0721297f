import type { Catalogue } from '../catalogue.ts';

/** The tray's menu, top to bottom. */
export const tray: Catalogue['tray'] = {
  signIn: 'Mit Claude anmelden',
  signInAgain: 'Neu anmelden',
  cancelSignIn: 'Anmelden abbrechen',
  refresh: 'Jetzt erneuern',
  open: 'Latchkey öffnen',
  startAtLogin: 'Mit dem System starten',
  quit: 'Latchkey beenden',
};
