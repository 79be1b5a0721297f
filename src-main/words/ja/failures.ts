import type { Catalogue } from '../catalogue.ts';
import { isForbidden, isSpoken, lookUp } from '../look-up.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
} from './obstacles.ts';

const keptAside = '認証情報は Latchkey 専用フォルダーに保管されます';

const viaWay = (way: string | null) => (way === null ? '' : `経路：${way}。`);

export const failures: Catalogue['failures'] = {
  'terms-not-acknowledged': () => ({
    title: '先に注意事項をお読みください',
    explanation:
      '最初のサインインの前に一度だけ、この種のログインに関する Anthropic の説明をお読みいただいたことを確認します。',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'このランタイムでは利用できません',
    explanation: `指定の Electron をダウンロードできなかったため、出所を保証できない代替の Electron（${runtime}）で動作しています。この状態では、通信先をこのコンピューター内に限定します。練習モードは利用できます。実際にサインインするには、Electron の配布サーバーに接続できるネットワークで起動してください。`,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} の値を使用できません`,
    explanation: {
      'not-a-port': '1〜65535 のポート番号を指定してください。',
      'not-a-url': 'URL として正しくありません。',
      'not-https': 'https のアドレスか、このコンピューター自身への http のアドレスを指定してください。',
      'has-credentials': 'ユーザー名またはパスワードが含まれています。',
      'has-fragment': 'フラグメント（#）が含まれています。',
    }[reason],
  }),
  'port-busy': ({ port, instead }) => ({
    title: `ポート ${port} は使用中です`,
    explanation: `ほかのプログラムがポート ${port} を使用しているため、今回のサインインではポート ${instead} を使います。操作は必要ありません。`,
  }),
  'no-callback-port': ({ port }) => ({
    title: '待ち受け用のポートを開けません',
    explanation: `ポート ${port} もほかのポートも開けなかったため、ブラウザーの戻り先がありません。ファイアウォールやセキュリティソフトが禁止している可能性があります。`,
  }),
  'browser-not-opened': () => ({
    title: 'ブラウザーを開けませんでした',
    explanation: 'リンクをコピーして、このコンピューターのブラウザーで開いてください。',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: '承認がタイムアウトしました',
    explanation: `${lasting(60 * minutes)}以内に承認されませんでした。もう一度サインインし、制限時間内に承認してください。`,
  }),
  'access-denied': () => ({
    title: 'アクセスが拒否されました',
    explanation:
      'ブラウザーで承認が拒否されました（access_denied）。続けるには、もう一度サインインして承認してください。',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'サービスがサインインを承認しませんでした',
    explanation: `サービスの応答は「${error}」でした。何も保存されていません。しばらくしてからやり直すと、成功する場合があります。`,
  }),
  'sign-in-cancelled': () => ({
    title: 'サインインをキャンセルしました',
    explanation: '何も保存されていません。',
  }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'ログインが失効しました',
          explanation:
            'リフレッシュトークンがサービスに受け付けられなくなりました（invalid_grant）。期限切れ、取り消し、ほかのプログラムによる使用のいずれかが原因です。続けるには、もう一度サインインしてください。',
        }
      : {
          title: 'コードの交換が拒否されました',
          explanation:
            '認可コードがサービスに受け付けられませんでした（invalid_grant）。コードは有効時間が短く、一度しか使えません。もう一度サインインして、新しいコードを取得してください。',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'サービスがリクエストを拒否しました',
    explanation: `サービスの応答は「${message}」でした${requestId === null ? '' : `（リクエスト ${requestId}）`}。ログインの期限切れではありません。サービス側の障害の可能性があります。`,
  }),
  'rate-limited': ({ retryAfterSeconds }, { lasting }) => ({
    title: 'リクエストが多すぎます',
    explanation:
      retryAfterSeconds === null
        ? 'サービスがリクエストを制限しています（429）。数分待ってから、再度お試しください。'
        : `サービスから、次の試行まで ${lasting(retryAfterSeconds)}待つよう求められています（429）。`,
  }),
  'network-challenge': ({ host }) => ({
    title: 'ネットワークが通信を遮っています',
    explanation: `${host} から、サービスの応答ではなくブラウザー確認のページが返されました。原因はログインではなく、現在のネットワークです。別のネットワークを使うか、VPN をオフにしてお試しください。`,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'トークンの取得先が見つかりません',
    explanation: `${host} のトークン取得用アドレスがなくなっています（404）。新しいバージョンの Latchkey では対応しているかもしれません。`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'サービスに問題が発生しています',
    explanation: `サービスからエラー ${status} が返されました。ログインが原因ではありません。${during === 'refresh' ? '自動で再試行します。' : 'しばらくしてから、再度お試しください。'}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'プロキシに接続できません',
          explanation: `プロキシ ${host} に接続できませんでした（${networkObstacles[reason]}、${says}）。${during === 'refresh' ? 'プロキシが復旧すると、自動で再開します。' : 'アドレスとネットワークを確認してから、再度お試しください。'}`,
        }
      : {
          title: '接続できません',
          explanation: `${host} に接続できませんでした（${networkObstacles[reason]}）。${viaWay(way)}${during === 'refresh' ? 'ネットワークが復旧すると、自動で再開します。' : 'ネットワークを確認してから、再度お試しください。'}`,
        },
  'connection-untrusted': ({ host, reason, issuer }, { way }) => ({
    title: '接続を信頼できません',
    explanation:
      issuer === undefined
        ? `${host} の証明書をこのコンピューターが信頼していないため（${reason}）、何も送信していません。${viaWay(way)}プロキシや時計のずれが原因の可能性があります。`
        : `${host} の証明書の発行者「${issuer}」をこのコンピューターが信頼していないため（${reason}）、何も送信していません。${viaWay(way)}発行者が所属先の会社であれば、その証明書をシステムの証明書ストア、または NODE_EXTRA_CA_CERTS のファイルに追加してください。心当たりがなければ、通信が傍受されています。`,
  }),
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'プロキシのアドレスが正しくありません',
    explanation: `指定されたプロキシ（${says}）のアドレスを使えないため、何も送信していません。${network.flaws[reason]}`,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'プロキシに拒否されました',
    explanation: `プロキシ ${proxy}（${says}）が ${host} への接続を拒否しました（${lookUp(network.oddities, reason)}）。何も送信していません。プロキシの管理者に許可を依頼してください。`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: given ? 'プロキシのパスワードが違います' : 'プロキシの認証が必要です',
    explanation: schemes.some(isSpoken)
      ? given
        ? `プロキシ ${proxy}（${says}）がユーザー名とパスワードを受け付けませんでした（${schemes.join('、')}）。正しいものを指定し直してください。`
        : `プロキシ ${proxy}（${says}）が認証を求めています（${schemes.join('、')}）。ユーザー名とパスワードを、アドレスの中か設定画面で指定してください。`
      : `プロキシ ${proxy} の認証方式（${schemes.join('、') || '方式の提示なし'}）に Latchkey は対応していません。Px や Cntlm など、対応した中継プログラムをこのコンピューターで動かし、それをプロキシとして指定してください。`,
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: '応答を受け取れませんでした',
        explanation: `${host} に要求を送りましたが、応答を最後まで受け取れませんでした。${viaWay(way)}コードが使用済みになった可能性があるため、再送しません。もう一度サインインしてください。`,
      },
      refresh: {
        title: 'ログインの状態を確認できません',
        explanation: `${host} に新しいトークンを要求しましたが、応答を最後まで受け取れませんでした。${viaWay(way)}リフレッシュトークンが使用済みになった可能性があるため、自動での試行は 2 回までです。`,
      },
      other: {
        title: '応答を受け取れませんでした',
        explanation: `${host} に要求を送りましたが、応答を最後まで受け取れませんでした。${viaWay(way)}`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    title: '応答を解釈できません',
    explanation: `${host} から想定外の応答がありました（${lookUp(answerOddities, reason)}）。`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'サインインしていません',
    explanation: `ID「${id}」のログインはありません。`,
  }),
  'not-refreshable': () => ({
    title: 'このログインは更新できません',
    explanation:
      '設定ファイルの項目にリフレッシュトークンがないか、項目が別のクライアントのものです。現在のトークンの期限までは使えます。',
  }),
  'login-locked': () => ({
    title: '別の Latchkey がログインを処理中です',
    explanation:
      '別の Latchkey による更新または保存が長引いています。そちらを終了するか、再度お試しください。',
  }),
  'entry-removed': ({ path, copy }) => ({
    title: '設定ファイルからログインが削除されました',
    explanation: `ほかのプログラムが ${path} からログインを削除しました。${copy ? '控えは Latchkey にあります。対処を選ぶまで、ファイルは変更しません。' : 'Latchkey に控えはありません。'}`,
  }),
  'entry-replaced': ({ path, copy }) => ({
    title: '設定ファイルのログインが書き換えられました',
    explanation: `ほかのプログラムが ${path} に、古い項目または別のクライアントの項目を書き込みました。${copy ? '元のログインの控えは Latchkey にあります。対処を選ぶまで、ファイルは変更しません。' : '元のログインの控えは Latchkey にありません。'}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: '新しいトークンの保存先がありません',
    explanation: `応答を保存できる場所がないため、サービスには何も送信していません（${path}：${lookUp(fileObstacles, reason)}）。ログインはそのままです。空きを確保してから再度お試しください。`,
  }),
  'login-shared': ({ others }) => ({
    title: '同じログインが複数の ID にあります',
    explanation: `設定ファイルでは、このログインが ${others.map((id) => `「${id}」`).join('、')} にもあります。Latchkey はまとめて更新します。一つをサインアウトしても、ほかは残ります。`,
  }),
  'id-shared': ({ id }) => ({
    title: '一つの ID に二つのログインがあります',
    explanation: `設定ファイルの複数の項目が ID「${id}」を持ち、ログインが異なります。Latchkey は最初の項目を維持します。もう一方には別の ID を付けてください。`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'ほかのプログラムはこのトークンを更新しません',
    explanation: `${path} の expires_at が「${value}」で、日時として読み取れません。Latchkey が正しく書き直せます。`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'トークンのテストが拒否されました',
    explanation: `サービスの応答は ${status}${message === '' ? ' ' : `「${message}」`}でした。この種のトークンは Claude Code 専用のため、想定どおりの結果です。トークンは保存されています。`,
  }),
  'test-claude-code-only': () => ({
    title: 'Claude Code 専用です',
    explanation:
      'サービスによると、この認証情報は Claude Code での使用のみ許可されています。これは想定どおりで、トークンは保存されています。一般的な API アクセスには、API キーを使ってください。',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'プロフィールの読み取り権限がありません',
    explanation: `トークンにスコープ ${scope} がないため、アカウント名はわかりません。トークンは保存されています。`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'この組織では許可されていません',
    explanation:
      'この組織のプランまたは管理者の設定により、この種のログインは許可されていません。トークンは保存されていますが、使えない可能性があります。',
  }),
  'test-token-expired': () => ({
    title: '新しいトークンがすでに期限切れです',
    explanation:
      'サービスの応答によると、このトークンは期限切れです。このコンピューターの時計がずれている可能性があります。',
  }),
  'test-header-missing': () => ({
    title: 'Latchkey の不具合です',
    explanation:
      'サービスの応答によると、Latchkey が送るべきヘッダーが不足しています。トークンは保存されています。この問題をご報告ください。',
  }),
  'config-unreadable': ({ path, reason }, { isKeptAside }) => ({
    title: '設定ファイルを読み取れません',
    explanation: `${path}：${lookUp(fileObstacles, reason)}。ファイルは変更していません。${isForbidden(reason) ? 'ファイルのアクセス権を確認してください（chmod 600 で自分専用になります）。' : ''}読み取れるようになるまで、${isKeptAside ? keptAside : 'どのログインが入っているかは確認できません'}。`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-not-yaml': ({ path, line, column }, { isKeptAside }) => ({
    title: '設定ファイルが正しい YAML ではありません',
    explanation: `${path} の ${line} 行目、${column} 列目に誤りがあります。ファイルは変更していません。修正されるまで、${isKeptAside ? keptAside : 'どのログインが入っているかは確認できません'}。`,
    crux: `${line} 行目、${column} 列目`,
  }),
  'config-shape': ({ path, at, expected }, { isKeptAside }) => ({
    title: '設定ファイルの構造が想定と異なります',
    explanation: `${path}：${configShapes[expected](at)}。ファイルは変更していません。${isKeptAside ? `修正されるまで、${keptAside}。` : '該当箇所を修正してください。'}`,
    crux: configShapes[expected](at),
  }),
  'config-not-writable': ({ path, reason }, { isKeptAside }) => ({
    title: '設定ファイルに書き込めません',
    explanation: `${path}：${lookUp(fileObstacles, reason)}。${isKeptAside ? `書き込めるようになるまで、${keptAside}。` : ''}`,
    crux: lookUp(fileObstacles, reason),
  }),
  'config-locked': ({ path }, { isKeptAside }) => ({
    title: '設定ファイルが使用中です',
    explanation: `別の Latchkey が ${path} を使用中のため、書き込めませんでした。${isKeptAside ? `使用が終わるまで、${keptAside}。` : ''}`,
  }),
  'config-readable-by-others': ({ path, mode }) => ({
    title: '設定ファイルをほかのユーザーが読めます',
    explanation: `トークンを含む ${path} のアクセス権が ${mode} になっていて、このコンピューターのほかのユーザーも読み取れます。`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: '設定ファイルを自分専用にしました',
    explanation: `${path} のアクセス権は ${mode} で、ほかのユーザーも読み取れました。トークンが書き込まれたため、0600 に変更しました。`,
  }),
  'older-block': ({ path }) => ({
    title: '更新されないログインがあります',
    explanation: `${path} に、現在のプログラムが読まない古い形式（providers.anthropic.oauth）のログインがあります。Latchkey が引き継げます。`,
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'Latchkey 専用フォルダーに書き込めません',
    explanation: `${path}：${lookUp(fileObstacles, reason)}。解消するまで、設定と履歴は終了時に失われます。`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'Latchkey のファイルを読み取れませんでした',
    explanation: `${path} の内容を解釈できませんでした。元のファイルは ${setAsideAs} として残し、新しいファイルを作成しました。認証情報に影響はありません。`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'システムのキーチェーンを利用できません',
    explanation: `${keychainObstacles[reason]}キーチェーンに保存するのは認証情報の控えだけなので、なくても Latchkey は動作します。あとで再試行します。`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: '時計がずれているようです',
    explanation: `このコンピューターとサービスの時計に ${lasting(Math.abs(seconds))}の差があります。表示される時刻も同じだけずれている可能性があります。`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: '自動起動の設定を変更できませんでした',
    explanation: `システムが変更を受け付けませんでした（${lookUp(fileObstacles, reason)}）。`,
  }),
  'practice-failed': () => ({
    title: '練習モードがエラーで終了しました',
    explanation:
      '練習モードを続行できませんでした。原因はターミナルで npm start -- --practice を実行すると確認できます。',
  }),
  internal: ({ message }) => ({
    title: '予期しない問題が発生しました',
    explanation: `Latchkey で原因不明のエラーが発生しました（${message}）。この問題をご報告ください。`,
  }),
};
