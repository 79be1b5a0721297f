import type { Catalogue } from '../catalogue.ts';

export const window: Catalogue['window'] = {
  welcome: {
    title: 'サインインしていません',
    titleCancelled: 'サインインをキャンセルしました',
    lead: 'ブラウザーで一度サインインすれば、Latchkey がサインインを維持し、残り期間を表示します。',
    first: {
      title: 'Latchkey へようこそ',
      lead: 'このコンピューターのプログラムのために、Claude へのサインインを維持します。',
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
  keepOne: {
    question: (keep) => `「${keep}」を残し、ほかを設定ファイルから取り除きますか？`,
    button: '取り除く',
  },
  fileHealth: 'ファイルの状態',
  moreFindings: (count) => `ほか ${count} 件`,
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
  accessTokenCopied: 'コピーしました（1 分後に消去）。',
  signOut: {
    button: 'サインアウト',
    question: 'このコンピューターからサインアウトしますか？',
    text: {
      'config-file': '設定ファイルからトークンを削除し、キーチェーンと Latchkey 内の控えも消去します。',
      'access-only':
        '設定ファイルからトークンを、キーチェーンから更新用の情報を削除します。ほかの場所には残りません。',
      keychain: 'キーチェーンからトークンを削除します。ほかの場所には残りません。',
    },
    courtesy:
      'ほかで使われていなければ、Claude にもサインインの取り消しを依頼します。応答を待つことはありません。',
    done: 'このコンピューターからサインアウトしました',
    doneFor: (who) => `このコンピューターからサインアウトしました：${who}`,
    said: {
      asked: 'Claude に取り消しを依頼しました。応答はまだありません。',
      revoked: 'Claude は「取り消し済み」と応答しました。',
      'no-answer': '取り消しの依頼に、Claude から応答がありませんでした。',
      refused: (status) => `Claude は取り消しを拒否しました（ステータス ${status}）。`,
    },
    notAsked: {
      nothing: 'Claude に取り消しは依頼していません。取り消せるトークンがありませんでした。',
      over: 'Claude に取り消しは依頼していません。サインインが終了していたか、トークンが使用済みの可能性があります。',
      shared:
        'Claude に取り消しは依頼していません。同じサインインがほかの場所にもあり、そこで引き続き使われます。',
      others:
        'Claude に取り消しは依頼していません。別のプログラムが変更したため、まだ使われている可能性があります。',
      'not-the-issuer':
        'Claude に取り消しは依頼していません。設定されているサーバーが発行元かどうか確認できません。',
      runtime: 'Claude に取り消しは依頼していません。このバージョンはこのコンピューターとだけ通信します。',
    },
    revokeYourself: 'Claude で取り消す',
  },
  technically: '技術的な内容',
  yes: 'はい',
  no: 'いいえ',
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
    proxy: 'プロキシ',
    as: '指定元',
    issuer: '発行者',
    schemes: '認証方式',
    given: '認証情報の送信',
    status: 'ステータス',
    id: 'ID',
    path: 'パス',
    copy: '控え',
    copied: 'フォルダーはコピー',
    scope: 'スコープ',
    line: '行',
    column: '列',
    at: '箇所',
    expected: '期待する形式',
    mode: 'アクセス権',
    exitCode: '終了コード',
    others: 'ほかの ID',
    keep: '残せる ID',
    value: '値',
    by: '提供元',
    folder: 'フォルダー',
    tracked: '追跡中',
    service: 'サービス',
    own: 'Latchkey 専用',
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
