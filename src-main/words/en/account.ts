import type { Storage } from '../../domain/storage.ts';
/** How an account stands: whose it is, both clocks, the window's words about them. */
export const account = {
  /** The config file cannot be read. */
  unknown: 'Cannot tell whether you are signed in',
  signedIn: 'Signed in',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signInAgain: 'Sign in again',
  signInAgainAs: (name: string) => `Sign in again as ${name}`,
  /** The access clock in a sentence, which one of `then` may end. */
  access: {
    title: 'Access token',
    renewing: 'Token is being renewed',
    withoutEnd: 'Token without a known end',
    until: (when: string) => `Token until ${when}`,
    expiredSince: (when: string) => `Token expired (${when})`,
    lost: 'Token no longer on this computer',
    elsewhere: (id: string) => `Token under “${id}”, it seems`,
    then: {
      signIn: ', then sign in again',
      byItself: ', renewed by itself',
      tryNow: ', trying again now',
      try: (when: string) => `, next try ${when}`,
    },
    /** Under it, or beside it. */
    next: {
      byItself: (when: string) => `Renews by itself about ${when}`,
      anyMoment: 'Renews by itself any moment',
      tryNow: 'Trying again now',
      try: (when: string) => `Next try ${when}`,
    },
    over: 'Token expired',
    since: (when: string) => `Since ${when}`,
    /** Inside the ring. */
    expired: 'expired',
    gone: 'gone',
    hints: {
      entryLost: 'Other programs no longer find it in the config file.',
      worksUntilEnd: 'Works until its end',
      worksUntilEndUncertain: 'It works until its end. Whether it can be renewed is uncertain.',
      signInUncertain: 'Whether it can be renewed is uncertain: signing in again helps for sure.',
      signIn: 'Sign in again to get a new one.',
      stillSignedIn: 'You are still signed in.',
      refreshIsEnough: 'You are still signed in: a refresh is enough.',
      cannotRenew: 'It works until its end, and cannot be renewed.',
      /** What renews it is there, as far as anybody knows. */
      renewingNeedsFile: 'It works until its end. Renewing it needs the config file.',
      endsInAMoment: 'It ends in a moment; you stay signed in.',
      whatItIsFor: 'What programs use to talk to Claude.',
    },
  },

  /** The login clock in a sentence. */
  login: {
    title: 'Sign-in',
    until: (day: string) => `Signed in until ${day}`,
    /** Under the title that says what it is, and in a list. */
    untilShort: (day: string) => `Until ${day}`,
    then: {
      nothing: 'Nothing to do until then',
      before: 'Sign in again before then',
      once: 'Then sign in once more',
    },
    ended: 'Sign-in ended',
    endedOn: (day: string) => `Sign-in ended on ${day}`,
    early: 'Sign-in ended early',
    endedEarly: (day: string) => `Sign-in ended early (not on ${day})`,
    uncertain: 'Whether you are still signed in is uncertain',
    gone: 'The sign-in was lost with it',
    goesOnAs: (id: string) => `It seems to go on as “${id}”`,
    goOn: 'Sign in again to go on',
    /** Inside the ring. */
    over: 'ended',
    unknown: 'Claude did not say when it ends',
  },

  /** Above the owner's name, beside the state's picture. */
  standing: {
    valid: 'Signed in',
    expiring: 'Signed in, token ends soon',
    expired: 'Signed in, token expired',
    notRenewed: 'Signed in, not renewed yet',
    keychainLocked: 'Signed in, keychain locked',
    keychainAway: 'Signed in, keychain not there',
    loginEndsSoon: 'Sign-in ends soon',
    notInFile: 'Not in the config file',
    replacedInFile: 'Replaced in the config file',
    over: 'Sign-in ended',
    /** Without a refresh token. */
    expiredForGood: 'Token expired for good',
    overTokenWorks: 'Sign-in ended, token still works',
    uncertain: 'Sign-in uncertain',
    uncertainTokenWorks: 'Sign-in uncertain, token still works',
  },

  /** What is seldom needed, behind a button with dots. */
  menu: {
    label: (name: string) => `More about ${name}`,
    storage: 'Where it is kept…',
    showFile: 'Show file…',
    signOut: 'Sign out…',
    add: 'Add account',
  },

  /** Heads the list of several. */
  several: 'Accounts',
  unknownOwner: 'Your Claude account',
  plan: (name: string) => `${name} plan`,

  storage: {
    title: 'Tokens are kept in',
    /** Follows `keptIn` on the page that ends a sign-in. */
    keptIn: 'Kept in',
    ownCopy: 'Latchkey’s own copy only',
    nowhere: 'Nowhere that Latchkey knows of',
    goesOnAs: (id: string) => `In the config file under “${id}”, it seems`,
    /** While the config file cannot be read. */
    ownCopyMeanwhile: 'Latchkey’s own copy, until the config file can be read',
    unknown: 'Unknown while the config file cannot be read',
    memory: 'In memory only, until something can be written',
    ownFolder: 'Latchkey’s own folder, until the config file can take them',
    showFile: 'Show file',
    secondCopy: 'Second copy in the system keychain',
    noSecondCopy: 'No second copy in the system keychain',
    accessOnly: (file: string) => `${file}, and what renews it in the system keychain`,
    keychain: 'The system keychain',
    /** On the card where it can be changed: each way, and for whom it is. */
    question: 'Where this sign-in is kept',
    ways: {
      'config-file': ['In the config file', 'All of it. For programs that renew it themselves.'],
      'access-only': [
        'Only the token in the config file',
        'What renews it is in the keychain: no other program can spend or leak it. Latchkey alone renews.',
      ],
      keychain: [
        'In the keychain only',
        'Nothing in the file. Programs get the token from latchkey token or latchkey exec.',
      ],
    } satisfies Record<Storage, readonly [name: string, forWhom: string]>,
    done: 'Done',
  },
};
