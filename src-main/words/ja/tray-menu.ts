import type { Catalogue } from '../catalogue.ts';

export const trayMenu: Catalogue['trayMenu'] = {
  cancelSignIn: 'サインインをキャンセル',
  open: 'Latchkey を開く',
  startAtLogin: 'コンピューターの起動時に自動で開く',
  quit: 'Latchkey を終了',
};
