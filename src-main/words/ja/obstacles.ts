import type {
  AnswerOddity,
  ConfigShape,
  FileObstacle,
  KeychainObstacle,
  NetworkObstacle,
  SocketObstacle,
  StorageObstacle,
} from '../../domain/failure.ts';

/** Why a file operation failed: fits after "path：" and in brackets. */
export const fileObstacles = {
  EACCES: 'アクセス権がありません',
  EPERM: '操作が許可されていません',
  EISDIR: 'ファイルではなくフォルダーです',
  ENOTDIR: 'パスの途中にフォルダーではないものがあります',
  EEXIST: 'パスの途中にフォルダーではないものがあります',
  taken: '同じ名前の別のプログラムがあります',
  ELOOP: 'リンクが循環しています',
  ERR_SQLITE_ERROR: 'ロックファイルが壊れています（.lock で終わる隠しファイルを削除してください）',
  ENOENT: 'フォルダーがありません',
  EROFS: 'ディスクが読み取り専用です',
  ENOSPC: 'ディスクに空きがありません',
  EDQUOT: 'ディスクの割り当て容量を使い切っています',
  EMFILE: '開いているファイルが多すぎます',
  ENFILE: '開いているファイルが多すぎます',
  ENAMETOOLONG: '名前が長すぎます',
  EBUSY: 'ほかのプログラムが使用中です',
  EIO: 'ディスクでエラーが発生しました',
  'not-regular': '通常のファイルではありません',
  'too-large': '256 KiB を超えています',
  'not-utf8': 'UTF-8 のテキストではありません',
  'replaced-outside':
    'コンテナーの外で別のファイルに置き換えられました（ファイルではなくフォルダーをマウントしてください）',
  'may-be-newer':
    'ほかのプログラムが書き換えていて、新しいサインインが含まれている可能性があるため、更新を見合わせています',
  'held-too-long': '別の Latchkey が長時間使用しています',
  unforeseen: '予期しないエラーが発生しました',
} satisfies Record<FileObstacle, string>;

/** What is odd about an answer: stands in brackets. */
export const answerOddities = {
  redirect: 'リダイレクト',
  'too-large': 'サイズ超過',
  'not-json': 'JSON 以外の形式',
  'no-access-token': '使えるアクセストークンなし',
  'not-a-profile': 'プロフィール以外の内容',
  'not-understood': '解釈できない内容',
  'not-the-issuer': '別のホストで行われたサインインです',
} satisfies Record<AnswerOddity, string>;

/** Why there is no keychain, and what helps: a sentence or two. */
export const keychainObstacles = {
  'not-installed':
    'Latchkey のキーチェーン用の部品がないか、読み込めません。Linux では libsecret（Debian と Ubuntu では libsecret-1-0）をインストールして Latchkey を再起動してください。Linux 以外では Latchkey を再インストールしてください。',
  'no-service':
    'このセッションでは、キーリングを備えた Secret Service が動作していません。gnome-keyring、KWallet、KeePassXC のいずれかをインストールし、デスクトップのセッションを開始し直してください。',
  locked:
    'キーチェーンがロックされています。パスワードマネージャーなどでログインキーリングのロックを解除してください。',
  'no-answer': 'キーチェーンから時間内に応答がありませんでした。ロックの解除を待っている可能性があります。',
  refused: 'キーチェーンにアクセスを拒否されました。',
} satisfies Record<KeychainObstacle, string>;

/** What is wrong with the config file: fits after "path：". `at` is a key's path. */
export const configShapes: Record<ConfigShape, (at: string) => string> = {
  map: (at) => `「${at}」が項目を持つセクションになっていません`,
  list: (at) => `「${at}」がリストではありません`,
  text: (at) => `「${at}」が文字列ではありません`,
  untagged: (at) => `「${at}」にタグが付いています`,
  'not-shared': (at) => `「${at}」がエイリアスになっています（内容を直接書く必要があります）`,
  'list-on-lines': (at) => `「${at}」のリストが独立した行から始まっていません`,
  plainer: (at) => `「${at}」の書き方が複雑です（より単純に書く必要があります）`,
  'line-ends': () => '改行コードが LF または CRLF に統一されていません',
  shallow: () => 'セクションとリストの入れ子が深すぎます',
  'one-document': () => 'ドキュメントが複数あります（途中に「---」は使えません）',
  'top-level-map': () => '最上位が「providers」を含むセクションの並びになっていません',
};

/** Why no connection was made: stands in brackets. */
export const networkObstacles: Record<NetworkObstacle, string> = {
  ECONNREFUSED: '接続の拒否',
  ENOTFOUND: 'ホスト名が不明',
  EAI_AGAIN: 'ホスト名が不明',
  EHOSTUNREACH: 'ホストに到達不可',
  ENETUNREACH: 'ネットワークに到達不可',
  ENETDOWN: 'ネットワークなし',
  EADDRNOTAVAIL: 'ネットワークなし',
  ECONNRESET: '接続の中断',
  EPIPE: '接続の中断',
  ETIMEDOUT: '接続のタイムアウト',
  UND_ERR_CONNECT_TIMEOUT: '接続のタイムアウト',
  PROXY_FINDS_NO_NAME: 'プロキシでホスト名が不明',
  PROXY_CANNOT_REACH: 'プロキシから到達不可',
  PROXY_WAITED_IN_VAIN: 'プロキシで接続のタイムアウト',
};

/** Why nobody listens at a socket, or answers: fits after "path：". */
export const socketObstacles: Record<SocketObstacle, string> = {
  ENOENT: 'ソケットがありません',
  ECONNREFUSED: '待ち受けているプログラムがありません',
  EACCES: 'アクセス権がありません',
  EROFS: 'ディスクが読み取り専用です',
  'path-too-long': 'パスがシステムの上限より長いため、短いものを選んでください',
  'folder-not-private': 'フォルダーが自分専用（0700）ではありません',
  'not-a-socket': 'ソケットではないものがあります',
  'not-an-agent': '応答したのはエージェントではありません',
  'no-answer': '時間内に応答がありませんでした',
  unforeseen: '予期しないエラーが発生しました',
};

/** Why an account's secrets have to stay where they are. */
export const storageObstacles: Readonly<Record<StorageObstacle, string>> = {
  shared: '別のアカウントが同じサインインを使っています。先に一方をサインアウトしてください。',
  'not-in-place': '設定ファイルの決まった場所にありません。先にそれを直してください。',
  'not-ours': '別のプログラムが更新しています。そのプログラムが見る場所から動かせません。',
};
