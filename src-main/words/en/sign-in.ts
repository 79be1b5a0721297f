import type { PasteProblem } from '../../domain/pasted-code.ts';
import type { SignInStepId, SignInStepStatus } from '../../domain/sign-in.ts';

/** A sign-in on its way: the window's stage, the browser's last page. */
export const signIn = {
  /** The eight steps: while it is done, and once it is. */
  steps: {
    pkce: { doing: 'Generating the PKCE challenge', done: 'PKCE challenge generated' },
    'callback-server': { doing: 'Starting local callback server', done: 'Callback server started' },
    browser: { doing: 'Opening your browser', done: 'Browser opened' },
    approval: { doing: 'Waiting for authorization', done: 'Authorization code received' },
    exchange: { doing: 'Exchanging code for access token', done: 'Access token obtained' },
    save: { doing: 'Saving tokens to config', done: 'Tokens saved' },
    test: { doing: 'Testing token', done: 'Token works' },
    done: { doing: 'Finishing', done: 'Signed in' },
  } satisfies Record<SignInStepId, { readonly doing: string; readonly done: string }>,
  tokenTested: 'Token tested',
  /** Read out after a step's name. */
  statuses: {
    pending: 'to come',
    active: 'under way',
    done: 'done',
    warning: 'done, with a notice',
    failed: 'failed',
    skipped: 'not reached',
  } satisfies Record<SignInStepStatus, string>,

  title: 'Signing in',
  titleWaiting: 'Approve in your browser',
  copyLink: 'Copy link',
  copied: 'Copied',
  linkCopied: 'Link copied',
  openBrowserAgain: 'Open browser again',
  /** Where that has failed. */
  openBrowser: 'Try to open it again',
  pasteInstead: 'Paste a code instead',
  /** Before the address the browser comes back to. */
  comesBackTo: 'Comes back to',
  /** Under the exchange, while it waits; counts down in the window. */
  askedToWait: (wait: string) => `The service asks to wait ${wait}; trying again by itself.`,

  paste: {
    label: 'Code from the browser',
    hint: 'Approve in the browser, then copy the code it shows and paste it here.',
    goOn: 'Continue',
    problems: {
      'authorization-url':
        'This is the address to approve at. The code comes after it, once you have approved.',
      declined: 'This says that the sign-in was declined. Approve in the browser to get a code.',
      'no-code': 'There is no code in this. Copy the whole of what the page shows.',
      'no-state': 'This is only the first half. Copy the whole code, with the # and what follows.',
      'state-cut-short': 'The end of the code is missing. Copy the whole of it.',
      'not-understood':
        'This does not look like the code. Copy the whole of what the page shows, and nothing else.',
      'state-mismatch': 'This code belongs to another sign-in. Open the browser again and copy the new one.',
    } satisfies Record<Exclude<PasteProblem, 'empty'> | 'state-mismatch', string>,
  },

  /** Where the browser was signed in as somebody else than was asked for. */
  placed: {
    /** One account more was asked for, and it is there. */
    already:
      'This account was signed in here already, and has a new login now. For another one, switch accounts at claude.ai in your browser first.',
    apart: (name: string) =>
      `The login of ${name} was left as it is. To sign in as ${name}, switch accounts at claude.ai in your browser first.`,
  },

  /** `facts.md` section 2, said once before the first sign-in with Anthropic itself. */
  terms: {
    title: 'Before you sign in',
    lead: 'Four things to know first.',
    whose: {
      heading: 'Whose sign-in this is',
      text: 'It uses Claude Code’s public client id; Latchkey has none of its own.',
    },
    say: {
      heading: 'What the terms say',
      text: 'Anthropic does not permit third-party developers to offer Claude.ai login in their own applications; such tokens are for Claude Code.',
      link: 'Read the terms',
    },
    risk: {
      heading: 'Whose risk it is',
      text: 'The account holder’s: yours. People have lost features over this.',
    },
    supported: {
      heading: 'What is supported',
      text: 'API keys, from console.anthropic.com.',
      link: 'Use an API key instead',
    },
    notNow: 'Not now',
    understood: 'I understand',
  },

  /** What a screen reader is told. */
  announcements: {
    terms: 'Before the first sign-in: please read these lines.',
    step: (number: number, of: number, step: string) => `Step ${number} of ${of}: ${step}`,
    /** A notice of the step before, then the step. */
    after: (notice: string, step: string) => `${notice}. ${step}`,
    askedToWait: 'The service asks to wait; trying again by itself.',
    failed: (title: string) => `Sign-in failed: ${title}`,
    cancelled: 'Sign-in cancelled',
  },

  /** The page that the browser shows at last. */
  callbackPage: {
    approved: {
      title: 'Authorization received',
      text: 'You may close this tab. Latchkey goes on by itself.',
    },
    declined: {
      title: 'Not authorized',
      text: 'You may close this tab. Latchkey says what happened and how to go on.',
    },
  },
};
