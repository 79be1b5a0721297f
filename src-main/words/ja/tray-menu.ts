import type { Catalogue } from '../catalogue.ts';

export const trayMenu: Catalogue['trayMenu'] = {
  cancelSignIn: 'サインインをキャンセル',
  open: 'Latchkey を開く',
  copyAccessToken: 'アクセストークンをコピー',
  copyApiKey: 'API キーをコピー',
  settings: '設定…',
  startAtLogin: 'コンピューターの起動時に自動で開く',
  quit: 'Latchkey を終了',
};
