import type { NotificationTopic, WakeCause } from '../../domain/history.ts';
import { lowerFirst } from './lower-first.ts';

/** What happened to an account lately. */
export const history = {
  title: 'Recent activity',
  /** Above what happened to all accounts. */
  lastDay: 'Last 24 hours',
  label: (account: string) => `Recent activity: ${account}`,
  showAll: (count: string) => `Show all ${count}`,
  showLess: 'Show less',

  signedIn: 'Signed in',
  signedOut: 'Signed out',
  refreshed: 'Renewed',
  adopted: {
    title: 'Taken over from another program',
    detail: 'It had put a new token into the config file.',
  },
  notRenewed: 'Not renewed',
  woke: {
    resume: 'The computer woke up',
    'another-network': 'Another network',
    network: 'The network came back',
    'clock-jump': 'The clock jumped',
  } satisfies Record<WakeCause, string>,
  clockJumpDetail: 'It was set, or the computer had slept.',
  removed: 'Taken out of the config file by another program',
  replaced: {
    title: 'Replaced in the config file by another program',
    detail: 'What it put there is older, cannot be renewed, or belongs to another client.',
  },
  handedOut: {
    once: (who: string) => `Token handed to ${who}`,
    often: (who: string, times: string) => `Token handed to ${who} ${times} times`,
    unknown: 'a program',
  },
  putBack: 'Put back into the config file',
  madePrivate: {
    title: 'Config file made private',
    detail: (mode: string) => `Others could read it (mode\u00A0${mode}), and it holds tokens now.`,
  },
  notified: 'Notified',
  notifiedAbout: {
    'login-ends-in-3-days': 'the sign-in ends within three days',
    'login-ends-in-1-day': 'the sign-in ends within a day',
    'needs-sign-in': 'sign in again',
    'entry-lost': 'the config file lost the sign-in',
  } satisfies Record<NotificationTopic, string>,

  /** The same several times: "Renewed 12 times" */
  times: (what: string, count: string) => `${what} ${count} times`,
  /** "Not renewed: no connection" */
  because: (what: string, cause: string) => `${what}: ${lowerFirst(cause)}`,

  /** What happened, and when, for whoever points at it. */
  eventAt: (title: string, when: string) => `${title}, ${when}`,

  /** What a screen reader is told. */
  announcements: {
    renewing: 'Renewing the token',
    renewed: 'Token renewed',
    renewedUntil: (when: string) => `Token renewed until ${when}`,
    /** With several accounts. */
    of: (who: string, what: string) => `${who}: ${what}`,
  },
};
