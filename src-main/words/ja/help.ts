import type { Catalogue } from '../catalogue.ts';

export const help: Catalogue['help'] = {
  'sign-in': 'Claude でサインイン',
  'sign-in-again': 'もう一度サインイン',
  'try-again': '再試行',
  'refresh-now': '今すぐ更新',
  'put-back': '設定ファイルに復元',
  'copy-link': 'リンクをコピー',
  'save-again': '保存し直す',
  'make-private': '自分専用にする',
  'write-right': '正しく書き直す',
  'take-over': '引き継ぐ',
  'about-api-keys': 'API キーについて',
  'keep-one': '一つだけ残す…',
  'exclude-from-git': 'Git から除外する',
  'show-file': 'ファイルを表示',
  'open-console': 'コンソールを開く',
  'open-claude-settings': 'Claude の設定を開く',
  'paste-code': 'コードを貼り付ける',
  'ask-keychain': 'キーチェーンを確認',
};
