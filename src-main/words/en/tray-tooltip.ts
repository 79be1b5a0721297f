import { lowerFirst } from './lower-first.ts';

/** The tooltip of the tray icon, which is its menu's first line as well. */
export const trayTooltip = {
  /** Before it: with practice beside the real app there are two icons. */
  practice: (headline: string) => `Practice: ${lowerFirst(headline)}`,
  signedOut: 'Signed out',
  signedOutBecause: (title: string) => `Signed out: ${lowerFirst(title)}`,
  unknownBecause: (title: string) => `Cannot tell: ${lowerFirst(title)}`,
  signingIn: 'Signing in',
  signingInTerms: 'Signing in: please read the terms',
  signingInStep: (step: string) => `Signing in: ${lowerFirst(step)}`,

  /** "Signed in as ada@example.org, token 3 h 12 min, login 24 days" */
  headline: (who: string, clocks: string) => `${who}, ${clocks}`,
  headlineBut: (headline: string, title: string) => `${headline}: ${lowerFirst(title)}`,
  /** The clocks of the headline. */
  clocks: {
    tokenWithoutEnd: 'token without a known end',
    token: (left: string) => `token ${left}`,
    tokenExpired: 'token expired',
    login: (left: string) => `login ${left}`,
    loginEnded: 'login ended',
    both: (token: string, login: string) => `${token}, ${login}`,
  },
};
