/** What is in the tray's menu only; what helps there is `help`'s. */
export const trayMenu = {
  cancelSignIn: 'Cancel sign-in',
  open: 'Open Latchkey',
  startAtLogin: 'Start at login',
  quit: 'Quit Latchkey',
};
