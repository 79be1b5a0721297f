import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const notifications: Catalogue['notifications'] = {
  loginEnds: (name, day) =>
    name === null ? spaced`サインインは${day}まで` : spaced`${name}のサインインは${day}まで`,
  loginEndsSoon: 'サインインは数日中に期限切れ',
  loginEndsHelp: '期限までの都合のよいときに、クリックしてもう一度サインインしてください。',
  signInAgain: (name) =>
    name === null ? 'もう一度サインインしてください' : spaced`${name}でもう一度サインイン`,
  reachedItsEnd: 'サインインの期限が切れました',
  clickToSignIn: (why) => `${why}。クリックしてサインインしてください。`,
  entryChanged: 'サインインが変更されました',
  clickToSee: 'クリックして対処方法を確認してください。',
  renewed: 'トークンを更新しました',
  renewedFor: (who) => `${who}。`,
  renewedForUntil: (who, when) => spaced`${who}。トークンは${when}まで有効です。`,
  goesOn: {
    title: 'Latchkey はトレイで動き続けます',
    body: 'サインインは引き続き維持されます。アイコンをクリックすると、また開きます。',
    bodySignedOut: 'サインインするときは、アイコンをクリックしてください。',
    bodyApiKey: 'API キーのテスト、コピー、変更は、アイコンをクリックしてください。',
  },
  show: '表示',
};
