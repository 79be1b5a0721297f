import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const history: Catalogue['history'] = {
  title: '最近の動き',
  lastDay: '過去 24 時間',
  label: (account) => `最近の動き：${account}`,
  showAll: (count) => `全 ${count} 件を表示`,
  showLess: '一部のみ表示',

  signedIn: 'サインイン',
  signedOut: 'サインアウト',
  refreshed: 'トークンを更新',
  adopted: {
    title: 'ほかのプログラムから引き継ぎ',
    detail: 'ほかのプログラムが設定ファイルに新しいトークンを書き込んでいました。',
  },
  notRenewed: '更新に失敗',
  woke: {
    resume: 'スリープから復帰',
    'another-network': '別のネットワークに接続',
    network: 'ネットワークに再接続',
    'clock-jump': 'システム時刻の変化',
  },
  clockJumpDetail: '時計が調整されたか、コンピューターがスリープしていました。',
  removed: 'ほかのプログラムが設定ファイルから項目を削除',
  replaced: {
    title: 'ほかのプログラムが設定ファイルの項目を書き換え',
    detail: '書き込まれた内容は、古いか、更新できないか、別のクライアントのものです。',
  },
  handedOut: {
    once: (who) => spaced`${who}にトークンを提供`,
    often: (who, times) => spaced`${who}にトークンを提供（${times} 回）`,
    unknown: '不明なプログラム',
  },
  putBack: '設定ファイルに復元',
  madePrivate: {
    title: '設定ファイルを自分専用にしました',
    detail: (mode: string) =>
      `ほかのユーザーも読み取れました（アクセス権 ${mode}）。トークンが書き込まれたため、変更しました。`,
  },
  notified: '通知',
  notifiedAbout: {
    'login-ends-in-3-days': 'サインインの期限まで 3 日以内',
    'login-ends-in-1-day': 'サインインの期限まで 1 日以内',
    'needs-sign-in': 'もう一度サインインが必要',
    'entry-lost': '設定ファイルからサインインが消失',
  },

  /** "トークンを更新（12 回）" */
  times: (what, count) => `${what}（${count} 回）`,
  /** "更新に失敗：接続できません" */
  because: (what, cause) => `${what}：${cause}`,

  /** "明日 09:15", "12月21日 09:15" */
  eventAt: (title, when) => `${title}（${when}）`,

  announcements: {
    renewing: 'トークンを更新しています',
    renewed: 'トークンを更新しました',
    renewedUntil: (when) => spaced`トークンを更新しました。${when}まで有効です`,
    of: (who, what) => `${who}：${what}`,
  },
};
