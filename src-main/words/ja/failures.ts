import type { Catalogue } from '../catalogue.ts';
import { KEYCHAIN_IS_THERE, type AnswerOddity } from '../../domain/failure.ts';
import { isSpoken } from '../../domain/proxy.ts';
import { isForbidden, isFull, lookUp } from '../look-up.ts';
import { apiKey } from './api-key.ts';
import { network } from './network.ts';
import {
  answerOddities,
  configShapes,
  fileObstacles,
  keychainObstacles,
  networkObstacles,
  socketObstacles,
  storageObstacles,
} from './obstacles.ts';

const keptAside = 'トークンは Latchkey 専用フォルダーに保管されます';
const unwritten = (isKnown: boolean) =>
  isKnown ? 'Latchkey はこのファイルに何も書き込みません' : 'どのサインインが入っているかは確認できません';

const copiedHere =
  'Latchkey のフォルダーは、別のコンピューターまたはバックアップからのコピーです。サインインは別の場所で使用中か、更新済みの可能性があります。確かでない場合は、復元せずにもう一度サインインしてください。';

const viaWay = (way: string | null) => (way === null ? '' : `、${way}`);

const goesOn = (as: string | undefined) =>
  as === undefined
    ? undefined
    : `元のサインインは「${as}」として続いているようです。ここに復元すると、両方が無効になるおそれがあります。この ID で使うには、もう一度サインインしてください。`;

export const failures: Catalogue['failures'] = {
  'terms-not-acknowledged': () => ({
    title: '先に注意事項をお読みください',
    explanation:
      '最初のサインインの前に一度だけ、この種のサインインに関する Anthropic の説明をお読みいただいたことを確認します。',
  }),
  'runtime-not-vouched': ({ runtime }) => ({
    title: 'ここでは練習モードだけ使えます',
    explanation: `指定の Electron をダウンロードできなかったため、出所を保証できない代替の Electron で動作しています。この状態では、通信先をこのコンピューター内に限定します。実際にサインインするには、指定の Electron をダウンロードできるネットワークで起動してください。`,
    technical: runtime,
  }),
  'environment-invalid': ({ variable, reason }) => ({
    title: `${variable} の値を使用できません`,
    explanation: {
      'not-a-port': '1〜65535 のポート番号を指定してください。',
      'reserved-name': 'CON や NUL など、Windows がデバイス用に予約している名前が含まれています。',
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
    title: 'ブラウザーから Latchkey に戻れません',
    explanation:
      'このコンピューターで、ブラウザーからの応答を受け取れません。ファイアウォールやセキュリティソフトが妨げている可能性があります。ブラウザーに表示されるコードを貼り付ければ、サインインを続けられます。',
    technical: `ポート ${port}`,
  }),
  'browser-not-opened': () => ({
    title: 'ブラウザーを開けませんでした',
    explanation: 'リンクをコピーして、このコンピューターのブラウザーで開いてください。',
  }),
  'authorization-timeout': ({ minutes }, { lasting }) => ({
    title: '時間内に承認されませんでした',
    explanation: `${lasting(60 * minutes)}以内に承認されませんでした。もう一度サインインし、制限時間内に承認してください。`,
    technical: 'authorization timeout',
  }),
  'access-denied': () => ({
    title: 'ブラウザーで拒否されました',
    explanation: '何も保存されていません。続けるには、もう一度サインインして承認してください。',
    technical: 'access_denied',
  }),
  'authorization-refused': ({ error }) => ({
    title: 'Claude がサインインを承認しませんでした',
    explanation: '何も保存されていません。しばらくしてから再試行すると、成功する場合があります。',
    technical: error,
  }),
  'sign-in-cancelled': () => ({
    title: 'サインインをキャンセルしました',
    explanation: '何も保存されていません。',
  }),
  'grant-refused': (_failure, { during }) =>
    during !== 'sign-in'
      ? {
          title: 'サインインが失効しました',
          explanation:
            '取り消されたか、ほかのプログラムが更新に必要なトークンを使った可能性があり、Claude に受け付けられません。続けるには、もう一度サインインしてください。',
          technical: 'invalid_grant',
        }
      : {
          title: 'コードが受け付けられませんでした',
          explanation:
            'コードは有効時間が短く、一度しか使えません。もう一度サインインして、新しいコードを取得してください。',
          technical: 'invalid_grant',
        },
  'request-malformed': ({ message, requestId }) => ({
    title: 'Claude がリクエストを拒否しました',
    explanation: 'サインインの期限切れではありません。Claude 側の障害の可能性があります。',
    technical: [message, ...(requestId === null ? [] : [requestId])].join(', '),
  }),
  'rate-limited': ({ retryAfterSeconds }, { during, lasting }) => ({
    title: 'Claude から待つよう求められています',
    explanation:
      during === 'refresh'
        ? `リクエストが多すぎました。${retryAfterSeconds === null ? 'しばらく待って' : `${lasting(retryAfterSeconds)}待って`}から、自動で再試行します。`
        : `リクエストが多すぎました。${retryAfterSeconds === null ? '数分' : lasting(retryAfterSeconds)}待ってから、再度お試しください。`,
    technical: 'HTTP 429',
  }),
  'network-challenge': ({ host }) => ({
    title: 'ネットワークが通信を遮っています',
    explanation:
      'このコンピューターと Claude の間で別のものがブラウザー確認のページを返したか、Claude がこのネットワークからの接続を断りました。原因はサインインではありません。別のネットワークを使うか、VPN をオフにしてお試しください。',
    technical: host,
  }),
  'token-endpoint-missing': ({ host }) => ({
    title: 'Claude の接続先が変わりました',
    explanation:
      'トークンの取得先がなくなっています。新しいバージョンの Latchkey では対応しているかもしれません。',
    technical: `${host}: HTTP 404`,
  }),
  'service-down': ({ status }, { during }) => ({
    title: 'Claude から応答がありません',
    explanation: `Claude で問題が発生しています。サインインが原因ではありません。${during === 'refresh' ? '自動で再試行します。' : 'しばらくしてから、再度お試しください。'}`,
    technical: `HTTP ${status}`,
  }),
  'network-down': ({ host, reason, proxy }, { during, way, says }) =>
    proxy === host
      ? {
          title: 'プロキシに接続できません',
          explanation: `プロキシ ${host}（${says}）に接続できませんでした。${during === 'refresh' ? 'プロキシが復旧すると、自動で再開します。' : 'アドレスとネットワークを確認してから、再度お試しください。'}`,
          technical: networkObstacles[reason],
        }
      : {
          title: 'Claude に接続できません',
          explanation: `このコンピューターから Claude に接続できませんでした。${during === 'refresh' ? 'ネットワークが復旧すると、自動で再開します。' : 'ネットワークを確認してから、再度お試しください。'}`,
          technical: `${host}：${networkObstacles[reason]}${viaWay(way)}`,
        },
  'connection-untrusted': ({ host, reason, issuer, proxy }, { way }) => {
    const who = proxy === host ? `プロキシ ${host} ` : 'Claude を名乗る相手';
    return {
      title: '接続を信頼できません',
      explanation:
        issuer === undefined
          ? `${who}をこのコンピューターが信頼していないため、何も送信していません。プロキシや時計のずれが原因の可能性があります。`
          : `${who}の証明書の発行者「${issuer}」をこのコンピューターが信頼していないため、何も送信していません。発行者が所属先の会社であれば、その証明書をシステムの証明書ストアに追加し、Latchkey を再起動してください。心当たりがなければ、通信が傍受されているおそれがあります。`,
      technical: `${host}: ${reason}${viaWay(way)}${issuer === undefined ? '' : '; NODE_EXTRA_CA_CERTS'}`,
    };
  },
  'proxy-unusable': ({ reason }, { says }) => ({
    title: 'プロキシのアドレスが正しくありません',
    explanation: `指定されたプロキシ（${says}）のアドレスを使えないため、何も送信していません。${network.flaws[reason]}`,
    technical: reason,
  }),
  'proxy-refused': ({ host, reason, proxy }, { says }) => ({
    title: 'プロキシに拒否されました',
    explanation: `プロキシ ${proxy}（${says}）が Claude への接続を拒否しました。何も送信していません。プロキシの管理者に許可を依頼してください。`,
    technical: `${host}：${lookUp(network.oddities, reason)}`,
  }),
  'proxy-login': ({ proxy, schemes, given }, { says }) => ({
    title: !schemes.some(isSpoken)
      ? 'このプロキシでは認証できません'
      : given
        ? 'プロキシのパスワードが違います'
        : 'プロキシの認証が必要です',
    explanation: schemes.some(isSpoken)
      ? given
        ? `プロキシ ${proxy}（${says}）がユーザー名とパスワードを受け付けませんでした。正しいものを指定し直してください。`
        : `プロキシ ${proxy}（${says}）が認証を求めています。ユーザー名とパスワードを、アドレスの中か設定画面で指定してください。`
      : `プロキシ ${proxy} の認証方式に Latchkey は対応していません。Px や Cntlm など、対応した中継プログラムをこのコンピューターで動かし、それをプロキシとして指定してください。`,
    ...(schemes.length > 0 && { technical: schemes.join(', ') }),
  }),
  'answer-lost': ({ host }, { during, way }) =>
    ({
      'sign-in': {
        title: 'Claude の応答が届きませんでした',
        explanation:
          'リクエストを送りましたが、応答を最後まで受け取れませんでした。コードが使用済みになった可能性があるため、再送しません。もう一度サインインしてください。',
        technical: `${host}${viaWay(way)}`,
      },
      refresh: {
        title: 'サインインの状態を確認できません',
        explanation:
          '新しいトークンを要求しましたが、応答を最後まで受け取れませんでした。更新用の情報が使用済みになった可能性があるため、自動での試行は 2 回までです。その後も「今すぐ更新」でうまくいくことがあり、もう一度サインインすれば確実です。',
        technical: `${host}${viaWay(way)}`,
      },
      other: {
        title: 'Claude の応答が届きませんでした',
        explanation: 'リクエストを送りましたが、応答を最後まで受け取れませんでした。',
        technical: `${host}${viaWay(way)}`,
      },
    })[during],
  'answer-unexpected': ({ host, reason }) => ({
    ...(reason === ('not-the-issuer' satisfies AnswerOddity)
      ? {
          title: '別のサーバーのサインインです',
          explanation:
            '設定されている「トークンの取得先」で行われたサインインではないため、更新を依頼しません。正しい取得先を選ぶか、もう一度サインインしてください。',
        }
      : {
          title: 'Claude の応答を解釈できません',
          explanation: '想定外の応答がありました。しばらくしてから再試行すると、成功する場合があります。',
        }),
    technical: `${host}：${lookUp(answerOddities, reason)}`,
  }),
  'not-signed-in': ({ id }) => ({
    title: 'サインインしていません',
    explanation: `ID「${id}」のサインインはありません。`,
  }),
  'not-refreshable': () => ({
    title: 'このサインインは更新できません',
    explanation:
      '設定ファイルの項目に更新用の情報がないか、項目が別のプログラムのものです。現在のトークンの期限までは使えます。',
  }),
  'login-locked': () => ({
    title: '別の Latchkey がサインインを処理中です',
    explanation:
      '別の Latchkey による更新または保存が長引いています。そちらを終了するか、再度お試しください。',
  }),
  'entry-removed': ({ path, copy, copied, goesOnAs }) => ({
    title: copied ? '設定ファイルにサインインがありません' : '設定ファイルからサインインが削除されました',
    explanation: copied
      ? `${path} にサインインがありません。${copiedHere}`
      : `ほかのプログラムが ${path} からサインインを削除しました。${goesOn(goesOnAs) ?? (copy ? '控えは Latchkey にあります。対処を選ぶまで、ファイルは変更しません。' : 'Latchkey に控えはありません。')}`,
  }),
  'entry-replaced': ({ path, copy, copied, goesOnAs }) => ({
    title: '設定ファイルのサインインが書き換えられました',
    explanation: copied
      ? `${path} の項目は Latchkey の記録と異なります。${copiedHere}`
      : `ほかのプログラムが ${path} に、古い項目または別のプログラムの項目を書き込みました。${goesOn(goesOnAs) ?? (copy ? '元のサインインの控えは Latchkey にあります。対処を選ぶまで、ファイルは変更しません。' : '元のサインインの控えは Latchkey にありません。')}`,
  }),
  'nowhere-to-store': ({ path, reason }) => ({
    title: '新しいトークンの保存先がありません',
    explanation: `応答を保存できる場所がないため、Claude には何も送信していません（${path}：${lookUp(fileObstacles, reason)}）。サインインはそのままです。${isFull(reason) ? '空きを確保して' : '解消して'}から再度お試しください。`,
  }),
  'login-shared': ({ others, keep }) => ({
    title: '同じサインインが複数の ID にあります',
    explanation: `設定ファイルでは、このサインインが${others.map((id) => `「${id}」`).join('、')}にもあります。Latchkey はまとめて更新します。一つをサインアウトしても、ほかは残ります。${keep === undefined ? '' : `「${keep}」以外は取り除いても何も失われません。`}`,
  }),
  'id-shared': ({ id }) => ({
    title: '一つの ID に二つのサインインがあります',
    explanation: `設定ファイルの複数の項目が ID「${id}」を持ち、サインインが異なります。Latchkey は最初の項目を維持します。もう一方には別の ID を付けてください。`,
  }),
  'login-copied': ({ path }) => ({
    title: 'Claude Code に同じサインインがあります',
    explanation: `${path} にコピーがあります。更新用のトークンは一度しか使えないため、後から更新した側が両方のサインインを終わらせます。Claude Code では /login で別にサインインするか、latchkey exec で起動してください。`,
  }),
  'expiry-not-understood': ({ path, value }) => ({
    title: 'ほかのプログラムはこのトークンを更新しません',
    explanation: `${path} に書かれた期限を、ほかのプログラムは読み取れません。Latchkey が正しく書き直せます。`,
    technical: `expires_at: ${value}`,
  }),
  'test-forbidden': ({ status, message }) => ({
    title: 'トークンのテストが拒否されました',
    explanation:
      'この種のトークンは Claude Code 専用のため、想定どおりの結果です。トークンは保存されています。',
    technical: `HTTP ${status}${message === '' ? '' : `: ${message}`}`,
  }),
  'test-claude-code-only': () => ({
    title: 'Claude Code 専用です',
    explanation:
      'このトークンは Claude Code での使用のみ許可されています。これは想定どおりで、トークンは保存されています。一般的な API アクセスには、API キーを使ってください。',
  }),
  'test-scope-missing': ({ scope }) => ({
    title: 'アカウント名がわかりません',
    explanation: 'このトークンではプロフィールを読み取れません。トークンは保存されています。',
    technical: `スコープ ${scope}`,
  }),
  'test-organization-not-allowed': () => ({
    title: 'この組織では許可されていません',
    explanation:
      'この組織のプランまたは管理者の設定により、この種のサインインは許可されていません。トークンは保存されていますが、使えない可能性があります。',
  }),
  'test-token-expired': () => ({
    title: '新しいトークンがすでに期限切れです',
    explanation:
      'Claude の応答によると、このトークンは期限切れです。このコンピューターの時計がずれている可能性があります。',
  }),
  'test-header-missing': () => ({
    title: 'Latchkey の不具合です',
    explanation:
      'Latchkey が送るべきものが不足しています。トークンは保存されています。この問題をご報告ください。',
    technical: 'missing header',
  }),
  'config-unreadable': ({ path, reason }, { isKeptAside, isKnown }) => ({
    title: '設定ファイルを読み取れません',
    explanation: `${path}：${lookUp(fileObstacles, reason)}。ファイルは変更していません。${isForbidden(reason) ? 'ファイルのアクセス権を確認してください。' : ''}読み取れるようになるまで、${isKeptAside ? keptAside : unwritten(isKnown)}。`,
    crux: lookUp(fileObstacles, reason),
    ...(isForbidden(reason) && { technical: 'chmod 600' }),
  }),
  'config-not-yaml': ({ path, line, column }, { isKeptAside, isKnown }) => ({
    title: '設定ファイルに誤りがあります',
    explanation: `${path} の ${line}\u00A0行目、${column}\u00A0列目に誤りがあります。ファイルは変更していません。修正されるまで、${isKeptAside ? keptAside : unwritten(isKnown)}。`,
    crux: `${line} 行目、${column} 列目`,
    technical: 'YAML として正しくありません',
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
    explanation: `トークンを含む ${path} を、このコンピューターのほかのユーザーも読み取れます。`,
    technical: `アクセス権 ${mode}`,
  }),
  'config-made-private': ({ path, mode }) => ({
    title: '設定ファイルを自分専用にしました',
    explanation: `${path} は、ほかのユーザーも読み取れました。トークンが書き込まれたため、自分専用に変更しました。`,
    technical: `アクセス権 ${mode} → 0600`,
  }),
  'older-block': ({ path }) => ({
    title: '更新されないサインインがあります',
    explanation: `${path} に、最近のプログラムでは読み取られない古い形式のサインインがあります。Latchkey が引き継げます。`,
    technical: 'providers.anthropic.oauth',
  }),
  'entries-unreadable': ({ path, at }) => ({
    title: '読み取れない項目があります',
    explanation: `${path} に、トークンのない項目や項目でないものがあります。プログラムによっては読み飛ばされたり、問題になったりします。Latchkey は変更しません。`,
    technical: at,
  }),
  'file-in-git': ({ path, folder, tracked }) => ({
    title: tracked ? '設定ファイルが Git に追跡されています' : '設定ファイルが Git で無視されていません',
    explanation: tracked
      ? `Git が ${path} を追跡しているため、コミットのたびにトークンが含まれます。git rm --cached で次のコミットから外せますが、過去のコミットには残ります。`
      : `${path} は Git の作業ツリーにあり、コミットするとトークンが履歴に残ります。リポジトリの .gitignore を変えずに、このコンピューターの Git に無視させられます。`,
    technical: folder,
  }),
  'file-synced': ({ path, service, own }) => ({
    title: own ? 'Latchkey のフォルダーが同期されています' : '設定ファイルが同期されています',
    explanation: own
      ? `${service} は ${path} をほかのコンピューターへコピーします。別の Latchkey がサインインの記録を取り違え、サインインが失われることがあります。このフォルダーを同期の対象から外してください。`
      : `${service} は ${path} のフォルダーをトークンごとほかのコンピューターへコピーし、古い内容を戻すこともあります。同期されないフォルダーに置いてください。`,
    technical: service,
  }),
  'no-key': () => ({
    title: 'API キーがありません',
    explanation: '設定ファイルにも、Latchkey がキーチェーンに保存したものにもありません。',
  }),
  'key-unusable': ({ reason }) => ({ title: 'API キーではありません', explanation: apiKey.flaws[reason] }),
  'key-placeholder': ({ value }) => ({
    title: 'キーの代わりにプレースホルダーがあります',
    explanation: `${value} は、ファイルを読むプログラムが置き換えます。その内容は Latchkey からは見えないため、変更しません。`,
  }),
  'key-changed': () => ({
    title: '別の API キーに変わっています',
    explanation: 'そのキーはそのままにしました。',
  }),
  'key-in-both': () => ({
    title: 'API キーが二つあります',
    explanation:
      'Latchkey を含め、設定ファイルのキーが使われます。ほかのプログラムが書き込んだものかもしれません。もう一つはキーチェーンに残り、設定ファイルのキーを削除すると再び使われます。',
  }),
  'key-locked': ({ reason }) => ({
    title: 'キーチェーンを開けません',
    explanation: `${keychainObstacles[reason]}API キーはキーチェーンだけにあります。`,
  }),
  'key-missing': () => ({
    title: 'キーチェーンに API キーがありません',
    explanation:
      'キーチェーンだけに保存されていましたが、見つかりません。もう一度貼り付けてください。新しいキーはコンソールで作成できます。',
  }),
  'key-not-kept': ({ reason }) => ({
    title: 'キーチェーンに API キーを保存できませんでした',
    explanation: `${keychainObstacles[reason]}何も変わっていません。`,
  }),
  'key-refused': () => ({
    title: 'API キーが受け付けられませんでした',
    explanation:
      '削除または無効にされたか、一部が欠けています。コンソールで確認し、新しいキーを作成できます。',
    technical: 'HTTP 401',
  }),
  'key-forbidden': ({ message }) => ({
    title: 'この API キーでは許可されていません',
    explanation: 'キーは有効ですが、ワークスペースまたは組織がこの操作を許可していません。',
    technical: ['HTTP 403', ...(message === '' ? [] : [message])].join(', '),
  }),
  'key-no-credit': () => ({
    title: 'クレジットが残っていません',
    explanation: 'キーは有効ですが、クレジットがありません。コンソールで追加すると、また使えます。',
  }),
  'data-not-writable': ({ path, reason }) => ({
    title: 'Latchkey 専用フォルダーに書き込めません',
    explanation: `${path}：${lookUp(fileObstacles, reason)}。解消するまで、設定と履歴は終了時に失われます。`,
  }),
  'data-set-aside': ({ path, setAsideAs }) => ({
    title: 'Latchkey のファイルを読み取れませんでした',
    explanation: `${path} の内容を解釈できませんでした。元のファイルは ${setAsideAs} として残し、新しいファイルを作成しました。サインインに影響はありません。`,
  }),
  'keychain-unavailable': ({ reason }) => ({
    title: 'システムのキーチェーンを利用できません',
    explanation: `${keychainObstacles[reason]}キーチェーンに置くのはトークンの控えだけなので、なくても Latchkey は動作します。使えるようになるまで、控えは Latchkey のフォルダーに置きます。`,
  }),
  'secret-locked': ({ reason }) => ({
    title: KEYCHAIN_IS_THERE[reason] ? 'キーチェーンがロックされています' : 'キーチェーンを利用できません',
    explanation: `${reason === 'locked' ? '' : keychainObstacles[reason]}このサインインの更新用の情報はキーチェーンだけにあります。渡したトークンは期限まで使えます。${KEYCHAIN_IS_THERE[reason] ? 'パスワードマネージャーなどでロックを解除すると' : 'キーチェーンが使えるようになると'}、自動で再開します。`,
  }),
  'secret-missing': ({ id }) => ({
    title: 'サインインがキーチェーンにありません',
    explanation:
      '更新用の情報はキーチェーンだけに保存されていましたが、見つかりません。パスワードが別のキーチェーンや、開いていないパスワードマネージャーにある場合は、それを開いて更新してください。そうでなければ、もう一度サインインしてください。',
    technical: `id: ${id}`,
  }),
  'storage-not-movable': ({ id, reason }) => ({
    title: '保存先は変更できません',
    explanation: storageObstacles[reason],
    technical: `id: ${id}`,
  }),
  'clock-off': ({ seconds }, { lasting }) => ({
    title: '時計がずれているようです',
    explanation: `このコンピューターと Claude の時計に ${lasting(Math.abs(seconds))}の差があります。表示される時刻も同じだけずれている可能性があります。このコンピューターの日付と時刻を確認してください。`,
  }),
  'autostart-unchanged': ({ reason }) => ({
    title: '自動起動の設定を変更できませんでした',
    explanation: `システムが変更を受け付けませんでした（${lookUp(fileObstacles, reason)}）。`,
  }),
  'command-not-placed': ({ path, reason }) => ({
    title: 'コマンドの設定を変更できませんでした',
    explanation: `${path} は変更されていません（${lookUp(fileObstacles, reason)}）。`,
  }),
  'practice-failed': () => ({
    title: '練習モードがエラーで終了しました',
    explanation:
      '練習モードを続行できませんでした。原因はターミナルで npm start -- --practice を実行すると確認できます。',
  }),
  'agent-not-served': ({ path, reason }) => ({
    title: 'トークンを提供できません',
    explanation: `${path}：${socketObstacles[reason]}。`,
    technical: reason,
  }),
  'agent-elsewhere': ({ path, by }) => ({
    title: 'トークンはすでに提供されています',
    explanation: `${by} が ${path} で提供しています。サインインはどちらも維持します。`,
  }),
  'agent-unreachable': ({ path, reason }) => ({
    title: 'エージェントが応答しません',
    explanation: `LATCHKEY_AGENT は ${path} です：${socketObstacles[reason]}。`,
    technical: reason,
  }),
  'agent-request': ({ reason }) => ({
    title: 'エージェントはこのリクエストを受け付けません',
    explanation:
      '応答するのは GET /v1/token?account=ID&lasting=秒数 と GET /v1/status です。アカウントが複数ある場合は指定が必要です。',
    technical: reason,
  }),
  'agent-refused': ({ reason }) => ({
    title: 'トークンは渡されませんでした',
    explanation:
      reason === 'denied'
        ? 'サインインしているユーザーが許可しませんでした。'
        : 'サインインしているユーザーに確認しましたが、30 秒以内に回答がありませんでした。',
  }),
  internal: ({ message }) => ({
    title: '問題が発生しました',
    explanation: 'Latchkey で原因不明のエラーが発生しました。この問題をご報告ください。',
    technical: message,
  }),
};
