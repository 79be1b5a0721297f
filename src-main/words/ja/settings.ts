import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const settings: Catalogue['settings'] = {
  title: '設定',
  app: 'アプリ',
  startAtLogin: 'コンピューターの起動時に開く',
  command: {
    label: 'ターミナルで latchkey コマンドを使う',
    file: (path) =>
      `${path} に置きます。ターミナルで見つからない場合は、このフォルダーをパスに追加してください。`,
    folder: (path) => `${path} をユーザーのパスに追加します。以後に開くターミナルで使えます。`,
  },
  theme: '外観',
  themes: { system: 'システム', light: 'ライト', dark: 'ダーク' },
  language: '言語',
  languageOfSystem: (name) => `システム（${name}）`,
  accounts: {
    title: 'アカウント',
    add: 'アカウントを追加',
    addHint: 'ブラウザーで claude.ai にサインインしているアカウントが追加されます。',
  },
  notify: {
    title: '通知',
    needsYou: '操作が必要なとき',
    loginEnds: 'サインインの期限の 3 日前と 1 日前',
    signedIn: 'サインインが完了したとき',
  },
  advanced: '詳細設定',
  tokens: {
    keptIn: '設定ファイル',
    keptInHint:
      'ほかのプログラムもここでトークンを探します。LATCHKEY_CONFIG_FILE で別のファイルを指定できます。',
    showFile: 'ファイルを表示',
    keychain: 'システムのキーチェーンにも保存',
    keychainOff: 'オフの間、控えは Latchkey のフォルダーに置きます（自分だけが読み取れます）。',
  },
  signIn: {
    port: 'コールバックポート',
    portHint: 'ブラウザーの戻り先です。使用中の場合は、次に空いているポートを使います。',
    portPrescribed: '環境変数（LATCHKEY_CALLBACK_PORT）で指定されています。',
    portProblems: {
      'not-a-number': '1024〜65535 の数字を入力してください。',
      'too-high': '大きすぎます。ポートは 65535 までです。',
      missing: '1024〜65535 のポートを入力してください。',
      'too-low': '1024 未満はシステム用です。1024〜65535 で指定してください。',
    },
    tokenHost: 'トークンの取得先',
    tokenHostHint: '最初に接続するホストです。404 の場合は別のホストに接続し、以後はそちらを優先します。',
    tokenHostPractice: '練習モードでは使われません。トークンは練習用サーバーから取得します。',
  },
  proxy: {
    legend: 'プロキシ',
    uses: { system: 'システムに従う', none: '使わない', this: '指定する' },
    hints: {
      system: 'HTTPS_PROXY などの環境変数がある場合は、そちらを優先します。',
      none: 'システムや環境変数の指定にかかわらず、直接接続します。',
      this: 'NO_PROXY にあるホストを除き、すべての接続に使います。',
    },
    address: 'アドレス',
    addressHint:
      '例：http://proxy.example:3128。https:// と socks5:// も使えます。ユーザー名は @ の前に入力します。',
    missing: 'アドレスを入力してください。',
    password: (user) => spaced`${user} のパスワード`,
    passwordHint: 'システムのキーチェーンに保存します。ファイルには書き込まず、再表示もしません。',
    keep: '保存',
    kept: 'キーチェーンに保存しました。',
    keptUntilQuit: 'キーチェーンを使えないため、Latchkey の終了まで保持します。',
  },
  about: {
    title: 'Latchkey について',
    version: (version) => `バージョン ${version}`,
    licences: 'ライセンス',
    contains: 'Latchkey は MIT ライセンスで、次のものを含みます：',
    beside: 'Electron と Chromium のライセンスは、アプリと同じ場所のファイルにあります。',
  },
  saved: '保存しました。',
  undone: '元に戻しました。',
  undo: '元に戻す',
  back: '戻る',
};
