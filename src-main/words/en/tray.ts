import { lowerFirst } from './lower-first.ts';

/** What is in the tray's menu only; what helps there is `help`'s. */
export const tray = {
  /** Before the first line, and the tooltip: with practice beside the real app there are two icons. */
  practice: (headline: string) => `Practice: ${lowerFirst(headline)}`,
  cancelSignIn: 'Cancel sign-in',
  open: 'Open Latchkey',
  startAtLogin: 'Start at login',
  quit: 'Quit Latchkey',
};
