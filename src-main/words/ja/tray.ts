import type { Catalogue } from '../catalogue.ts';

export const tray: Catalogue['tray'] = {
  cancelSignIn: 'サインインをキャンセル',
  open: 'Latchkey を開く',
  startAtLogin: 'システムの起動時に開く',
  quit: 'Latchkey を終了',
};
