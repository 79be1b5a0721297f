import type { Catalogue } from '../catalogue.ts';

export const trayTooltip: Catalogue['trayTooltip'] = {
  practice: (headline) => `練習モード：${headline}`,
  signedOut: 'サインインしていません',
  signedOutBecause: (title) => `サインインしていません：${title}`,
  unknownBecause: (title) => `サインイン状態を確認できません：${title}`,
  signingIn: 'サインインしています',
  signingInTerms: 'サインイン：注意事項をお読みください',
  signingInStep: (step) => `サインイン：${step}`,

  /** "ada@example.org としてサインイン済み（トークン残り 3 時間 12 分、ログイン残り 24 日）" */
  headline: (who, clocks) => `${who}（${clocks}）`,
  headlineBut: (headline, title) => `${headline}：${title}`,
  clocks: {
    tokenWithoutEnd: 'トークン期限不明',
    token: (left) => `トークン残り ${left}`,
    tokenExpired: 'トークン期限切れ',
    login: (left) => `ログイン残り ${left}`,
    loginEnded: 'ログイン失効',
    both: (token, login) => `${token}、${login}`,
  },
};
