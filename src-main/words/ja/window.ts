import type { Catalogue } from '../catalogue.ts';

export const window: Catalogue['window'] = {
  welcome: {
    title: 'サインインしていません',
    titleCancelled: 'サインインをキャンセルしました',
    lead: 'ブラウザーで一度サインインすれば、Latchkey がログインを維持し、残り期間を表示します。',
    first: {
      title: 'Latchkey へようこそ',
      lead: 'このコンピューターのプログラムのために、Claude のログインを維持します。',
      browser: {
        title: 'いつものブラウザーでサインイン',
        text: 'パスワードはブラウザーの中だけに、トークンはこのコンピューターのファイルに残ります。',
      },
      renewal: {
        title: '更新は自動',
        text: '約 4 週間続きます。その後、もう一度サインインしてください。',
      },
      tray: {
        title: '居場所はここ、トレイの中',
        text: 'このアイコンを見れば、状態がひと目でわかります。',
      },
    },
    practice: '練習用のアカウントです。実際のアカウントには影響しないので、自由に試せます。',
    tryPractice: '練習用アカウントで試す',
    practiceStarting: '練習モードが、専用のトレイアイコンとともに別に開きます。',
  },
  unknown: {
    looksAgain: 'ファイルが変更されると、Latchkey が自動で読み直します。',
  },
  crashed: {
    title: 'このウィンドウで問題が発生しました',
    lead: '影響があるのはこのウィンドウだけです。Latchkey 自体は引き続き動作しています。',
    openAgain: '開き直す',
  },
  cancel: 'キャンセル',
  close: '閉じる',
  done: '完了',
  details: '詳細',
  settings: '設定',
  renewing: '更新中…',
  triedAgain: (what) => `再試行しましたが、まだ解消していません：${what}`,
  copyDiagnostics: '診断情報をコピー',
  diagnosticsCopied: 'コピーしました。機密情報は含まれていません。',
  reportProblem: '問題を報告',
  reportCopied: 'コピーしました（機密情報なし）。報告に貼り付けてください。',
  chain: {
    computer: 'このコンピューター',
    network: 'ネットワーク',
    claude: 'Claude',
    brokenAt: (link) => `止まった場所：${link}`,
  },
  copyAccessToken: 'アクセストークンをコピー',
  accessTokenCopied: 'コピーしました。1 分後にクリップボードから消去されます。',
  signOut: {
    button: 'サインアウト',
    question: 'このコンピューターからサインアウトしますか？',
    text: '設定ファイルからトークンを削除し、Latchkey 内の控えも消去します。サービスには通知されません。ログインそのものも取り消す場合は、Claude の設定で行ってください。',
  },
  technically: '技術的な内容',
  facts: {
    code: 'コード',
    runtime: 'ランタイム',
    variable: '変数',
    reason: '理由',
    port: 'ポート',
    instead: '代替ポート',
    minutes: '制限時間（分）',
    error: 'エラー',
    message: 'メッセージ',
    requestId: 'リクエスト ID',
    retryAfterSeconds: '再試行まで（秒）',
    host: 'ホスト',
    status: 'ステータス',
    id: 'ID',
    path: 'パス',
    copy: '控え',
    scope: 'スコープ',
    line: '行',
    column: '列',
    at: '箇所',
    expected: '期待する形式',
    mode: 'アクセス権',
    exitCode: '終了コード',
    others: 'ほかの ID',
    value: '値',
    setAsideAs: '退避先',
    seconds: '時計の差（秒）',
  },
  testSetup: 'テスト環境',
  circumstances: {
    practice: {
      short: '練習モード',
      explanation: (configFile) =>
        `サインイン先はこのコンピューター上の練習用サーバーで、結果は ${configFile} に保存されます。実際のアカウントには影響しません。`,
    },
    otherEndpoints: {
      short: '別の接続先',
      explanation: (hosts) => `Anthropic 本来のアドレスではなく、${hosts} に接続します。`,
    },
    standInRuntime: {
      short: '代替ランタイム',
      explanation: (runtime) =>
        `出所を保証できない ${runtime} で動作しているため、通信先はこのコンピューター内に限られます。`,
    },
    sandboxOff: {
      short: 'サンドボックスなし',
      explanation:
        'Chromium のサンドボックスは無効です。root での実行時とコンテナー内では、無効にする必要があります。',
    },
  },
};
