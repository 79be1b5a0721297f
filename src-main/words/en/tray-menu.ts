/** What is in the tray's menu only; what helps there is `help`'s. */
export const trayMenu = {
  cancelSignIn: 'Cancel sign-in',
  open: 'Open Latchkey',
  copyAccessToken: 'Copy access token',
  copyApiKey: 'Copy API key',
  settings: 'Settings…',
  startAtLogin: 'Start at login',
  quit: 'Quit Latchkey',
};
