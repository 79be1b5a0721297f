import type { PasteProblem } from '../../domain/pasted-code.ts';
import type { SignInStepId, SignInStepStatus } from '../../domain/sign-in.ts';

interface StepWords {
  readonly doing: string;
  readonly done: string;
}

/** A sign-in on its way: the window's stage. */
export const signIn = {
  /** The eight steps in plain words: while it is done, and once it is. */
  steps: {
    pkce: { doing: 'Preparing this sign-in', done: 'Prepared' },
    'callback-server': { doing: 'Getting ready for the answer', done: 'Ready for the answer' },
    browser: { doing: 'Opening your browser', done: 'Browser opened' },
    approval: { doing: 'Waiting for your approval', done: 'You approved' },
    exchange: { doing: 'Fetching your tokens', done: 'Tokens received' },
    save: { doing: 'Saving them on this computer', done: 'Saved on this computer' },
    test: { doing: 'Trying them out', done: 'Tried out' },
    done: { doing: 'Finishing', done: 'Signed in' },
  } satisfies Record<SignInStepId, StepWords>,
  /** The same in the terms of the protocol, for those who want to know. */
  stepTerms: {
    pkce: { doing: 'Generating the PKCE challenge', done: 'PKCE challenge generated' },
    'callback-server': { doing: 'Starting local callback server', done: 'Callback server started' },
    browser: { doing: 'Opening the authorization URL', done: 'Authorization URL opened' },
    approval: { doing: 'Waiting for authorization', done: 'Authorization code received' },
    exchange: { doing: 'Exchanging code for access token', done: 'Access token obtained' },
    save: { doing: 'Saving tokens to config', done: 'Tokens saved' },
    test: { doing: 'Testing token', done: 'Token tested' },
    done: { doing: 'Authentication complete', done: 'Authentication complete' },
  } satisfies Record<SignInStepId, StepWords>,
  /** Read out after a step's name. */
  statuses: {
    pending: 'to come',
    active: 'under way',
    done: 'done',
    warning: 'done, with a notice',
    failed: 'failed',
    skipped: 'not reached',
  } satisfies Record<SignInStepStatus, string>,

  title: 'One moment…',
  titleWaiting: 'Approve in your browser',
  /** The person has approved, and the rest takes a second. */
  titleFinishing: 'Approved. One moment…',
  /** The way that a login takes: from here by way of Latchkey to there. */
  way: { browser: 'Your browser', file: 'Your file' },
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
  askedToWait: (wait: string) => `Claude asks to wait ${wait}; trying again by itself.`,

  paste: {
    label: 'Code from the browser',
    hint: 'Approve in the browser, then copy the code it shows and paste it here.',
    placeholder: 'Code, or the whole address',
    /** On a button. */
    paste: 'Paste',
    clipboardEmpty: 'There is no text on the clipboard. Copy the code first.',
    goOn: 'Continue',
    problems: {
      'authorization-url':
        'This is the address to approve at. The code comes after it, once you have approved.',
      declined: 'This says that the sign-in was declined. Approve in the browser to get a code.',
      'no-code': 'There is no code in this. Copy the whole of what the page shows.',
      'no-state': 'This is only the first half. Copy the whole code, with the # and what follows.',
      'state-cut-short': 'The end of the code is missing. Copy all of it.',
      'not-understood':
        'This does not look like the code. Copy the whole of what the page shows, and nothing else.',
      'state-mismatch': 'This code belongs to another sign-in. Open the browser again and copy the new one.',
    } satisfies Record<Exclude<PasteProblem, 'empty'> | 'state-mismatch', string>,
  },

  /** The page that ends a sign-in. */
  succeeded: {
    setUntil: (day: string) => `You’re set until ${day}`,
    openAtStart: 'Open Latchkey when I start my computer',
    openAtStartHint: 'Otherwise, after a restart, nothing is renewed until you open it.',
    tray: 'Latchkey goes on in the tray',
    trayHint: 'One look at this icon tells how you stand. You can close this window.',
  },

  /** The approval came, and what it brought could be written nowhere: held in memory, or lost. */
  notSaved: {
    held: 'You are signed in, but in memory only: that is lost when Latchkey quits.',
    lost: 'You approved, but the sign-in could not be saved.',
  },

  /** Where the browser was signed in as somebody else than was asked for. */
  placed: {
    /** One account more was asked for, and it is there. */
    already:
      'This account was signed in here already, and has been signed in anew. For another one, switch accounts at claude.ai in your browser first.',
    apart: (name: string) =>
      `The sign-in of ${name} was left as it is. To sign in as ${name}, switch accounts at claude.ai in your browser first.`,
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
    askedToWait: 'Claude asks to wait; trying again by itself.',
    failed: (title: string) => `Sign-in failed: ${title}`,
    cancelled: 'Sign-in cancelled',
  },
};
