import type { Catalogue } from '../catalogue.ts';
import { spaced } from './spaced.ts';

export const account: Catalogue['account'] = {
  unknown: 'サインイン済みかどうか確認できません',
  signedIn: 'サインイン済み',
  signedInAs: (name) => spaced`${name}としてサインイン済み`,
  signInAgain: 'もう一度サインイン',
  signInAgainAs: (name) => spaced`${name}でもう一度サインイン`,
  access: {
    title: 'アクセストークン',
    renewing: 'トークンを更新中',
    withoutEnd: 'トークンの期限は不明',
    until: (when) => spaced`トークンは${when}まで有効`,
    expiredSince: (when) => spaced`トークンは${when}に期限切れ`,
    then: {
      signIn: '、その後はサインインが必要',
      byItself: '、自動で更新',
      tryNow: '、まもなく再試行',
      try: (when) => spaced`、${when}に再試行`,
    },
    expired: '期限切れ',
    gone: 'なし',
    hints: {
      entryLost: '設定ファイルにないため、ほかのプログラムからは使えません。',
      worksUntilEnd: '期限までは使えます。',
      worksUntilEndUncertain: '期限までは使えます。更新できるかどうかは不明です。',
      signInUncertain: '更新できるかどうかは不明です。もう一度サインインすれば確実です。',
      signIn: 'もう一度サインインして、新しいトークンを取得してください。',
      stillSignedIn: 'サインインは維持されています。',
      refreshIsEnough: 'サインインは維持されています。更新するだけで使えます。',
      cannotRenew: '期限までは使えますが、更新はできません。',
      endsInAMoment: 'まもなく期限が切れますが、ログインは続きます。',
      whatItIsFor: 'プログラムが Claude との通信に使います。',
    },
  },

  login: {
    title: 'ログイン',
    until: (day) => `ログインは ${day}まで有効、その後はサインインが必要`,
    ended: 'ログインは失効済み',
    endedOn: (day) => `ログインは ${day}に失効`,
    endedEarly: (day) => `ログインは期限（${day}）より前に失効`,
    over: '失効',
    unknown: 'ログインの期限はサービスから示されていません',
  },

  standing: {
    valid: 'サインイン済み',
    expiring: 'サインイン済み、まもなくトークン期限切れ',
    expired: 'サインイン済み、トークン期限切れ',
    loginEndsSoon: 'サインイン済み、まもなくログイン期限',
    notInFile: '設定ファイルにログインなし',
    replacedInFile: '設定ファイルで置き換え済み',
    over: 'ログイン失効',
    expiredForGood: 'トークン期限切れ、更新不可',
    overTokenWorks: 'ログイン失効、トークンは有効',
    uncertain: 'ログイン状態不明',
    uncertainTokenWorks: 'ログイン状態不明、トークンは有効',
  },

  unknownOwner: 'Claude アカウント',
  plan: (name) => spaced`${name}プラン`,

  storage: {
    title: 'トークンの保存先',
    keptIn: '保存先：',
    ownCopy: 'Latchkey 内の控えのみ',
    nowhere: '保存先なし',
    ownCopyMeanwhile: 'Latchkey 内の控え（設定ファイルを読み取れるまで）',
    unknown: '不明（設定ファイルを読み取れません）',
    memory: 'メモリー上のみ（書き込めるようになるまで）',
    ownFolder: 'Latchkey 専用フォルダー（設定ファイルに保存できるまで）',
    showFile: 'ファイルを表示',
    secondCopy: 'システムのキーチェーンにも保存済み',
    noSecondCopy: 'システムのキーチェーンには未保存',
  },
};
