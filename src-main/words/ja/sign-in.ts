import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const signIn: Catalogue['signIn'] = {
  /** The first of the two also names a step that is still to come. */
  steps: {
    pkce: { doing: 'このサインイン用の合言葉を作成', done: '合言葉を作成しました' },
    'callback-server': { doing: '応答を受け取る準備', done: '応答を受け取る準備ができました' },
    browser: { doing: 'ブラウザーを開く', done: 'ブラウザーを開きました' },
    approval: { doing: '承認待ち', done: '承認されました' },
    exchange: { doing: 'トークンを取得', done: 'トークンを受け取りました' },
    save: { doing: 'このコンピューターに保存', done: 'このコンピューターに保存しました' },
    test: { doing: 'トークンの動作を確認', done: '動作を確認しました' },
    done: { doing: '仕上げ', done: 'サインインしました' },
  },
  stepTerms: {
    pkce: { doing: 'PKCE チャレンジを生成', done: 'PKCE チャレンジを生成しました' },
    'callback-server': { doing: 'コールバックサーバーを起動', done: 'コールバックサーバーを起動しました' },
    browser: { doing: '認可 URL を開く', done: '認可 URL を開きました' },
    approval: { doing: '認可待ち', done: '認可コードを受け取りました' },
    exchange: { doing: 'コードをアクセストークンに交換', done: 'アクセストークンを取得しました' },
    save: { doing: 'トークンを設定ファイルに保存', done: 'トークンを保存しました' },
    test: { doing: 'トークンをテスト', done: 'トークンをテストしました' },
    done: { doing: '認証の完了', done: '認証が完了しました' },
  },
  statuses: {
    pending: 'これから',
    active: '進行中',
    done: '完了',
    warning: '完了（お知らせあり）',
    failed: '失敗',
    skipped: '未実行',
  },

  title: 'しばらくお待ちください',
  titleWaiting: 'ブラウザーで承認してください',
  titleFinishing: '承認されました。しばらくお待ちください',
  way: { browser: 'ブラウザー', file: 'ファイル' },
  copyLink: 'リンクをコピー',
  copied: 'コピーしました',
  linkCopied: 'リンクをコピーしました',
  openBrowserAgain: 'ブラウザーを開き直す',
  openBrowser: 'ブラウザーをもう一度開く',
  pasteInstead: '代わりにコードを貼り付ける',
  comesBackTo: '戻り先：',
  askedToWait: (wait) => spaced`Claude から${wait}待つよう求められました。自動で再試行します。`,

  paste: {
    label: 'ブラウザーに表示されたコード',
    hint: 'ブラウザーで承認し、表示されたコードをコピーしてここに貼り付けてください。',
    placeholder: 'コード、またはアドレス全体',
    paste: '貼り付け',
    clipboardEmpty: 'クリップボードにテキストがありません。先にコードをコピーしてください。',
    goOn: '続ける',
    problems: {
      'authorization-url': '承認ページのアドレスです。コードは、承認したあとに表示されます。',
      declined: 'サインインが拒否されたときの内容です。ブラウザーで承認すると、コードが表示されます。',
      'no-code': 'コードが含まれていません。ページに表示された内容をすべてコピーしてください。',
      'no-state': '前半だけのコードです。# とそれ以降も含めて、全体をコピーしてください。',
      'state-cut-short': 'コードの末尾が欠けています。全体をコピーしてください。',
      'not-understood': 'コードではないようです。ページに表示された内容だけを、すべてコピーしてください。',
      'state-mismatch':
        '別のサインインのコードです。ブラウザーを開き直して、新しいコードをコピーしてください。',
    },
  },

  succeeded: {
    setUntil: (day) => spaced`${day}までこのまま使えます`,
    openAtStart: 'コンピューターの起動時に Latchkey を開く',
    openAtStartHint: 'オフの場合、再起動後は Latchkey を開くまで更新されません。',
    tray: 'Latchkey はトレイで動き続けます',
    trayHint: 'このアイコンを見れば、状態がひと目でわかります。このウィンドウは閉じてかまいません。',
  },

  notSaved: {
    held: 'サインインはメモリー上にのみあり、Latchkey を終了すると失われます。',
    lost: '承認は完了しましたが、サインインを保存できませんでした。',
  },

  placed: {
    already:
      'このアカウントはすでにサインイン済みで、サインインが新しくなりました。別のアカウントを追加するには、先にブラウザーの claude.ai でアカウントを切り替えてください。',
    apart: (name) =>
      spaced`${name}のサインインはそのままです。${name}でサインインするには、先にブラウザーの claude.ai でアカウントを切り替えてください。`,
  },

  terms: {
    title: 'サインインの前に',
    lead: 'はじめに、四つのことをお伝えします。',
    whose: {
      heading: 'サインインの名義',
      text: 'Claude Code の公開クライアント ID を使います。Latchkey 独自のクライアント ID はありません。',
    },
    say: {
      heading: '規約の内容',
      text: 'Anthropic は、サードパーティーの開発者が自身のアプリケーションで Claude.ai へのサインインを提供することを許可していません。こうしたトークンは Claude Code 専用です。',
      link: '規約を読む',
    },
    risk: {
      heading: 'リスクの負担',
      text: 'アカウントの所有者、つまりご自身が負います。この方法が理由で、機能を使えなくなった人もいます。',
    },
    supported: {
      heading: 'サポートされている方法',
      text: 'console.anthropic.com で取得できる API キーです。',
      link: '代わりに API キーを使う',
    },
    notNow: 'あとで',
    understood: '理解しました',
  },

  announcements: {
    terms: '最初のサインインの前に、次の内容をお読みください。',
    step: (number, of, step) => `ステップ ${number}（全 ${of}）：${step}`,
    after: (notice, step) => `${notice}。${step}`,
    askedToWait: 'Claude から待つよう求められました。自動で再試行します。',
    failed: (title) => `サインインできませんでした：${title}`,
    cancelled: 'サインインをキャンセルしました',
  },
};
