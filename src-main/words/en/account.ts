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
    then: {
      signIn: ', then sign in again',
      byItself: ', renewed by itself',
      tryNow: ', trying again now',
      try: (when: string) => `, next try ${when}`,
    },
    /** Inside the ring. */
    expired: 'expired',
    gone: 'gone',
    hints: {
      entryLost: 'Other programs no longer find it in the config file.',
      worksUntilEnd: 'It works until its end.',
      worksUntilEndUncertain: 'It works until its end. Whether it can be renewed is uncertain.',
      signInUncertain: 'Whether it can be renewed is uncertain: signing in again helps for sure.',
      signIn: 'Sign in again to get a new one.',
      stillSignedIn: 'You are still signed in.',
      refreshIsEnough: 'You are still signed in: a refresh is enough.',
      cannotRenew: 'It works until its end, and cannot be renewed.',
      endsInAMoment: 'It ends in a moment; you stay signed in.',
      whatItIsFor: 'What programs use to talk to Claude.',
    },
  },

  /** The login clock in a sentence. */
  login: {
    title: 'Login',
    until: (day: string) => `Login until ${day}, then sign in once more`,
    ended: 'Login ended',
    endedOn: (day: string) => `Login ended on ${day}`,
    endedEarly: (day: string) => `Login ended early (not on ${day})`,
    /** Beside the bar. */
    over: 'ended',
    unknown: 'The service did not say when the login ends',
  },

  /** Above the owner's name, beside the state's picture. */
  standing: {
    valid: 'Signed in',
    expiring: 'Signed in, token ends soon',
    expired: 'Signed in, token expired',
    loginEndsSoon: 'Signed in, login ends soon',
    notInFile: 'Not in the config file',
    replacedInFile: 'Replaced in the config file',
    over: 'Login ended',
    /** Without a refresh token. */
    expiredForGood: 'Token expired for good',
    overTokenWorks: 'Login ended, token still works',
    uncertain: 'Login uncertain',
    uncertainTokenWorks: 'Login uncertain, token still works',
  },

  unknownOwner: 'Your Claude account',
  plan: (name: string) => `${name} plan`,

  storage: {
    title: 'Tokens are kept in',
    /** Follows `keptIn` on the page that ends a sign-in. */
    keptIn: 'Kept in',
    ownCopy: "Latchkey's own copy only",
    nowhere: 'Nowhere that Latchkey knows of',
    /** While the config file cannot be read. */
    ownCopyMeanwhile: "Latchkey's own copy, until the config file can be read",
    unknown: 'Unknown while the config file cannot be read',
    memory: 'In memory only, until something can be written',
    ownFolder: "Latchkey's own folder, until the config file can take them",
    showFile: 'Show file',
    secondCopy: 'Second copy in the system keychain',
    noSecondCopy: 'No second copy in the system keychain',
  },
};
