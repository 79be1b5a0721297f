/** The tray's menu, top to bottom. */
export const tray = {
  signIn: 'Sign in with Claude',
  signInAgain: 'Sign in again',
  cancelSignIn: 'Cancel sign-in',
  refresh: 'Refresh now',
  open: 'Open Latchkey',
  startAtLogin: 'Start at login',
  quit: 'Quit Latchkey',
};
