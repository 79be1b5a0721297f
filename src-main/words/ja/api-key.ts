import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const apiKey: Catalogue['apiKey'] = {
  title: 'API キー',
  instead: '代わりに API キーを使う',
  use: 'API キーを使う',
  standing: (shown) => `API キー ${shown}`,
  unshown: '（形式不明）',
  since: (day) => spaced`${day}から`,
  test: {
    never: 'まだテストしていません',
    running: 'テストしています…',
    fine: (when) => `${when} のテスト：使えます`,
    failed: (when, what) => `${when} のテスト：${what}`,
  },
  actions: { test: 'テスト', replace: '置き換え', remove: '削除', copy: 'コピー', undo: '元に戻す' },
  copied: 'コピーしました（1 分後に消去）。',
  removed: {
    'config-file': '設定ファイルから削除しました。',
    keychain: 'キーチェーンから削除しました。',
  },
  storage: {
    keychain: 'システムのキーチェーンのみ（ファイルにはありません）',
    question: 'API キーの保存先',
    ways: {
      'config-file': [
        '設定ファイル',
        'api_key として保存し、ファイルを読むプログラムが使います。mcp-code-api はここからしかキーを取得しません。',
      ],
      keychain: [
        'キーチェーンのみ',
        'mcp-code-api など、ファイルを読むプログラムからは見えなくなります。latchkey exec --as key で渡せます。',
      ],
    },
    besideSame: 'システムのキーチェーンにもあります。',
    beside: (shown) => `システムのキーチェーンに別のキーがあります：${shown}`,
    removeBeside: 'そのキーを削除',
  },
  listed: (count) =>
    spaced`api_keys のキー：${count}個。ほかのプログラムが使います。Latchkey は変更しません。`,
  flaws: {
    empty: 'まだ何も入力されていません。',
    'access-token':
      'これは API キーではなく、サインインのアクセストークン（sk-\u2060ant-\u2060oat…）です。数時間で期限が切れます。Claude でサインインしてください。',
    'refresh-token':
      'これは API キーではなく、サインインを更新するトークン（sk-\u2060ant-\u2060ort…）です。人に渡さず、Claude でサインインしてください。',
    'admin-key':
      'これは組織を管理する Admin キー（sk-\u2060ant-\u2060admin…）です。Claude の利用には使えません。',
    'cut-short': '一部が欠けています。sk-ant- で始まるキー全体をコピーしてください。',
    'not-a-key': 'API キーは sk-ant- で始まり、空白を含みません。',
  },
  form: {
    title: 'API キーを使う',
    titleReplace: 'API キーの置き換え',
    lead: 'サポートされている方法です。期限はなく、使った分だけ支払います。',
    label: 'API キー',
    hint: {
      'config-file': '設定ファイルに保存され、ファイルは自分専用になります。',
      keychain: 'これまでと同じくシステムのキーチェーンに保存されます。',
    },
    stays: 'サインインはそのまま続きます。',
    placeholderText: 'sk-ant-…',
    console: 'コンソールでキーを作成',
    save: '保存',
    placeholder: (text) =>
      `キーの代わりに ${text} があり、プログラムは環境変数からキーを取得します。入力したキーに置き換えますか？`,
    replace: '置き換える',
  },
  who: {
    title: 'どのプログラムが何を使うか',
    programs: {
      'ai-provider-kit': 'ai-provider-kit',
      'mcp-code-api': 'mcp-code-api',
      'one-key': 'キーを一つ使うプログラム',
      latchkey: 'latchkey token, exec',
      'as-key': 'latchkey exec --as key',
    },
    takes: {
      nothing: 'なし',
      key: 'API キー',
      listed: 'api_keys のキー',
      placeholder: (text) => `${text} の値`,
      login: 'サインイン',
      loginOnly: 'サインインのみ。失敗しても API キーは使いません',
      logins: (count) => spaced`${count}個のサインインを順番に`,
      loginsOnly: (count) => spaced`${count}個のサインインを順番に。API キーは使いません`,
      oneLogin: 'サインイン一つ（default または指定したもの）',
      firstToken: '最初のサインインのアクセストークンをキーとして',
    },
  },
};
