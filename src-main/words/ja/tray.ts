import type { Catalogue } from '../catalogue.ts';

export const tray: Catalogue['tray'] = {
  signIn: 'Claude でサインイン',
  signInAgain: 'もう一度サインイン',
  cancelSignIn: 'サインインをキャンセル',
  refresh: '今すぐ更新',
  open: 'Latchkey を開く',
  startAtLogin: 'システムの起動時に開く',
  quit: 'Latchkey を終了',
};
