import type { ServingTexts } from '../en/serving.ts';
import { spaced } from './spaced.ts';

export const serving: ServingTexts = {
  title: 'このコンピューターのプログラム',
  serve: 'トークンを提供する',
  serveHint: '自分だけが開けるソケットを使います。更新用の情報は渡しません。',
  socket: 'ソケット',
  copy: 'コピー',
  copied: 'コピーしました。',
  ask: '毎回確認する',
  askHint: '30 秒以内に回答がなければ渡しません。',
  pause: '一時停止',
  resume: '再開',
  paused: '一時停止中：どのプログラムにもトークンを渡しません。',
  none: 'Latchkey の起動後、トークンを受け取ったプログラムはありません。',
  lastAt: (what, when) => `${what}、${when}`,
  question: {
    title: (program) => spaced`${program}にトークンを渡しますか？`,
    titleFor: (program, account) => spaced`${program}に${account}のトークンを渡しますか？`,
    explanation: 'トークンの期限（最長で数時間）まで、あなたのアカウントで Claude を利用できます。',
    ownName: '名前はプログラム自身が名乗ったものです。',
    unknown: '不明なプログラム',
    once: '今回だけ',
    hour: '1 時間だけ',
    no: '渡さない',
  },
  notification: 'クリックして回答してください。回答がなければ渡しません。',
  trayPause: 'トークンの提供を一時停止',
  trayResume: 'トークンの提供を再開',
};
