import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const trayTooltip: Catalogue['trayTooltip'] = {
  practice: '練習モード：実際のアカウントではありません',
  signedOut: 'サインインしていません',
  signingIn: 'サインインしています',
  signingInTerms: 'サインイン：注意事項をお読みください',
  signingInStep: (step) => `サインイン：${step}`,
  until: (day) => spaced`${day}まで`,
  several: (count) => spaced`${count}個のアカウントでサインイン済み`,
};
