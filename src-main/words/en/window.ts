import type { FactName } from '../../domain/failure.ts';
import type { RevocationObstacle } from '../../domain/revocation.ts';
import type { Storage } from '../../domain/storage.ts';
import { lowerFirst } from './lower-first.ts';

/** What else stands in the window. */
export const window = {
  welcome: {
    title: 'Not signed in',
    titleCancelled: 'Sign-in cancelled',
    lead: 'Sign in once in your browser. Latchkey keeps you signed in and shows how long that lasts.',
    /** For whoever meets it for the first time: what it is and where it lives. */
    first: {
      title: 'Welcome to Latchkey',
      lead: 'Keeps you signed in to Claude, for the programs on this computer.',
      browser: {
        title: 'Sign in with your browser',
        text: 'Your password stays there, your tokens stay in a file on this computer.',
      },
      renewal: {
        title: 'Renewed by itself',
        text: 'For about four weeks; then you sign in once more.',
      },
      tray: {
        title: 'Lives here, in the tray',
        text: 'One look at this icon tells how you stand.',
      },
    },
    practice: 'This is the practice account: try everything, no real account is touched.',
    tryPractice: 'Try the practice account',
    practiceStarting: 'Practice opens beside this, with a tray icon of its own.',
  },
  /** The config file cannot be read, and nothing is known beside it. */
  unknown: {
    looksAgain: 'Latchkey looks again by itself when the file changes.',
  },
  /** Something of the window could not be drawn. */
  crashed: {
    title: 'This window has stopped working',
    lead: 'Only this window is affected: Latchkey itself goes on.',
    openAgain: 'Open again',
  },
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  details: 'Details',
  /** Asked before the others are taken out. */
  keepOne: {
    question: (keep: string) => `Keep “${keep}” and take the others out of the config file?`,
    button: 'Take them out',
  },
  fileHealth: 'File health',
  /** Unfolds the rest of it. */
  moreFindings: (count: number) => `${count} more`,
  settings: 'Settings',
  renewing: 'Renewing…',
  /** What was asked for once more has changed nothing. */
  triedAgain: (what: string) => `Tried just now. Still in the way: ${lowerFirst(what)}`,
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Copied. No secrets in it.',
  reportProblem: 'Report a problem',
  reportCopied: 'Copied, without secrets: paste it into your report.',
  /** The way to Claude, and which part of it broke. */
  chain: {
    computer: 'This computer',
    network: 'Network',
    claude: 'Claude',
    brokenAt: (link: string) => `Where it stopped: ${link}`,
  },
  copyAccessToken: 'Copy access token',
  accessTokenCopied: 'Copied. Cleared in a minute.',
  signOut: {
    button: 'Sign out',
    question: 'Sign out on this computer?',
    /** What it takes away, by where the secrets lie. */
    text: {
      'config-file':
        'Latchkey takes the tokens out of the config file, and its copies out of the keychain and its own folder.',
      'access-only':
        'Latchkey takes the token out of the config file, and what renews it out of the keychain. It is nowhere else.',
      keychain: 'Latchkey takes the tokens out of the keychain. They are nowhere else.',
    } satisfies Record<Storage, string>,
    courtesy:
      'Claude is asked to revoke the sign\u2011in as well, where nothing else uses it. Nothing waits for its answer.',
    /** Heads what is told afterwards. */
    done: 'Signed out on this computer',
    doneFor: (who: string) => `Signed out on this computer: ${who}`,
    /** What Claude said of it, and no more than that. */
    said: {
      asked: 'Claude was asked to revoke the sign-in, and has not answered yet.',
      revoked: 'Claude says it is revoked.',
      'no-answer': 'Claude did not answer when it was asked to revoke the sign-in.',
      refused: (status: string) => `Claude refused to revoke the sign-in (status ${status}).`,
    },
    /** Why it was not asked. */
    notAsked: {
      nothing: 'Claude was not asked to revoke it: there was no token for that.',
      over: 'Claude was not asked to revoke it: the sign-in had ended, or its token may have been used up.',
      shared: 'Claude was not asked to revoke it: the same sign-in is kept elsewhere too, and goes on there.',
      others: 'Claude was not asked to revoke it: another program has changed it, and may still use it.',
      'not-the-issuer':
        'Claude was not asked to revoke it: the server that is set is not known to be the one that gave it.',
      runtime: 'Claude was not asked to revoke it: this version talks to nothing but this computer.',
    } satisfies Record<RevocationObstacle, string>,
    revokeYourself: 'Revoke it at Claude',
  },
  /** Before what a developer would call a failure. */
  technically: 'Technical',
  yes: 'yes',
  no: 'no',
  /** A failure's facts, for those who want to know. */
  facts: {
    code: 'Code',
    runtime: 'Runtime',
    variable: 'Variable',
    reason: 'Reason',
    port: 'Port',
    instead: 'Instead',
    minutes: 'Minutes',
    error: 'Error',
    message: 'Message',
    requestId: 'Request id',
    retryAfterSeconds: 'Retry after seconds',
    host: 'Host',
    proxy: 'Proxy',
    as: 'Named by',
    issuer: 'Issuer',
    schemes: 'Authentication by',
    given: 'Password given',
    status: 'Status',
    id: 'Id',
    path: 'Path',
    copy: 'Copy',
    copied: 'Folder is a copy',
    scope: 'Scope',
    line: 'Line',
    column: 'Column',
    at: 'At',
    expected: 'Expected',
    mode: 'Mode',
    setAsideAs: 'Set aside as',
    seconds: 'Seconds',
    exitCode: 'Exit code',
    others: 'Others',
    keep: 'Could stay alone',
    goesOnAs: 'Goes on as',
    value: 'Value',
    by: 'By',
    folder: 'Folder',
    tracked: 'Tracked',
    service: 'Service',
    own: 'Latchkey’s own',
  } satisfies Record<FactName, string>,
  /** On the chip that holds all that is out of the ordinary. */
  testSetup: 'Test setup',
  /** What is out of the ordinary: in a word or two, and explained. */
  circumstances: {
    practice: {
      short: 'Practice',
      explanation: (configFile: string) =>
        `Sign-ins go to the practice server on this computer and are kept in ${configFile}. No real account is touched.`,
    },
    otherEndpoints: {
      short: 'Other endpoints',
      explanation: (hosts: string) => `Not Anthropic’s own addresses, but: ${hosts}.`,
    },
    standInRuntime: {
      short: 'Stand-in runtime',
      explanation: (runtime: string) =>
        `Runs on ${runtime}, whose origin nobody can vouch for: it may talk to this computer only.`,
    },
    sandboxOff: {
      short: 'Sandbox off',
      explanation: 'Chromium’s sandbox is off, as it has to be for root and in containers.',
    },
  },
};
