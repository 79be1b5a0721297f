import { lowerFirst } from './lower-first.ts';

/** What stands at the top of the tray's menu, a line each, and in its tooltip. */
export const trayTooltip = {
  /** The first one: with practice beside the real app there are two icons. */
  practice: 'Practice: no real account',
  signedOut: 'Signed out',
  signingIn: 'Signing in',
  signingInTerms: 'Signing in: please read the terms',
  signingInStep: (step: string) => `Signing in: ${lowerFirst(step)}`,
  /** Under whose sign-in it is. */
  until: (day: string) => `Until ${day}`,
  /** In the place of a name, while all of them are well. */
  several: (count: string) => `Signed in with ${count} accounts`,
};
