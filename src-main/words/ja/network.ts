import type { Catalogue } from '../catalogue.ts';

export const network: Catalogue['network'] = {
  variableSays: (name) => `${name} の指定`,
  says: {
    setting: '設定画面の指定',
    system: 'システムの指定',
    app: 'アプリが最後に確認したシステムの指定',
  },
  through: (proxy, says) => `${proxy} を経由（${says}）`,
  directAs: (says) => `直接（${says}）`,
  direct: {
    loopback: '直接（このコンピューター内）',
    nothing: '直接（プロキシの指定なし）',
  },
  flaws: {
    'not-an-address': 'ホストとポートを読み取れません。',
    'unknown-kind': '使えるプロキシの種類は http、https、socks5 です。',
    'has-path': 'パスが含まれています。ホストとポートだけを指定してください。',
  },
  oddities: {
    'by-its-rules': 'プロキシの規則による拒否',
    'not-a-proxy': 'プロキシの応答ではない',
  },
};
