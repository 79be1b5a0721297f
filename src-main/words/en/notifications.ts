/** Notifications. */
export const notifications = {
  /** Without a name where the owner is not known. */
  loginEnds: (name: string | null, day: string) =>
    name === null ? `Your sign-in ends on ${day}` : `The sign-in of ${name} ends on ${day}`,
  loginEndsSoon: 'Your sign-in ends in the next days',
  loginEndsHelp: 'Click to sign in once more, whenever it suits you before then.',
  signInAgain: (name: string | null) => (name === null ? 'Sign in again' : `Sign in again as ${name}`),
  reachedItsEnd: 'The sign-in has reached its end',
  clickToSignIn: (why: string) => `${why}. Click to sign in.`,
  entryChanged: 'Your sign-in was changed',
  clickToSee: 'Click to see what helps.',
  renewed: 'Token renewed',
  renewedFor: (who: string) => `${who}.`,
  renewedForUntil: (who: string, when: string) => `${who}. Token until ${when}.`,
  /** The window was closed for the first time. */
  goesOn: {
    title: 'Latchkey goes on in the tray',
    body: 'It looks after your sign-in from there. Click its icon to open it again.',
    bodySignedOut: 'Click its icon whenever you want to sign in.',
    bodyApiKey: 'Click its icon to test, copy or replace your API key.',
  },
  /** On a button, where the platform has them; the other one is `help`'s. */
  show: 'Show',
};
