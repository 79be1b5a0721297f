/** Serving tokens to programs on this computer, as the window and the tray say it: the terminal does without. */
export const serving = {
  title: 'Programs on this computer',
  serve: 'Serve tokens to programs on this computer',
  serveHint: 'Over a socket that only you can open. They never get what renews a token.',
  socket: 'Socket',
  copy: 'Copy',
  copied: 'Copied.',
  ask: 'Ask me each time',
  askHint: 'Without an answer within 30 seconds a program gets none.',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused: no program gets a token.',
  none: 'No program has received a token since Latchkey started.',
  /** What happened, and when last: "Token handed to curl 3 times, 14:30" */
  lastAt: (what: string, when: string) => `${what}, ${when}`,
  question: {
    /** Who is asked for, where there are several accounts. */
    title: (program: string) => `May ${program} have a token?`,
    titleFor: (program: string, account: string) => `May ${program} have a token of ${account}?`,
    explanation: 'It could use Claude as you until the token ends, hours at most.',
    /** Only where it has one. */
    ownName: 'The name is what it calls itself.',
    unknown: 'a program',
    once: 'Once',
    hour: 'For an hour',
    no: 'No',
  },
  notification: 'Click to answer. Without an answer it gets none.',
  trayPause: 'Pause serving tokens',
  trayResume: 'Resume serving tokens',
};

export type ServingTexts = typeof serving;
