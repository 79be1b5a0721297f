import { dayWords, durationWords, instantWords } from './duration-words.ts';
import { describeFailure } from './failure-words.ts';
import type { Failure } from './failure.ts';
import { loginEnd } from './history.ts';
import type { Instant } from './instant.ts';
import type { SignIn, SignInStep, SignInStepId } from './sign-in.ts';
import { isUnderWay } from './sign-in.ts';
import type { Account, Snapshot } from './snapshot.ts';
import type { Standing } from './standing.ts';
import { standingOf } from './standing.ts';
import { planRefresh } from './refresh-policy.ts';

/** The pictures of the tray icon's family, by what they tell. */
export type IconState = 'signed-out' | 'signing-in' | 'valid' | 'expiring' | 'needs-you' | 'trouble';

/** What every face says of the whole: from (snapshot, now) only, so that tray, window and terminal never disagree. */
export interface SnapshotWords {
  readonly standing: Standing;
  readonly icon: IconState;
  /** One line: the tray's tooltip and its menu's first line. */
  readonly headline: string;
}

export function describeSnapshot(snapshot: Snapshot, now: Instant): SnapshotWords {
  if (isUnderWay(snapshot.signIn)) {
    return { standing: 'signing-in', icon: 'signing-in', headline: signInHeadline(snapshot.signIn) };
  }
  const account = snapshot.accounts[0];
  const failed = snapshot.signIn?.phase === 'failed' ? snapshot.signIn.failure : null;
  if (account === undefined) {
    const trouble = failed ?? snapshot.troubles[0] ?? null;
    return {
      standing: 'signed-out',
      icon: trouble === null ? 'signed-out' : 'trouble',
      headline: trouble === null ? 'Signed out' : `Signed out: ${lowerFirst(describeFailure(trouble).title)}`,
    };
  }
  const words = describeAccount(account, now);
  const own = account.troubles.find((trouble) => isPressing(trouble, words.standing)) ?? null;
  const trouble = failed ?? snapshot.troubles[0] ?? own;
  const title =
    trouble === null ? null : describeFailure(trouble, trouble === own ? 'refresh' : 'sign-in').title;
  return {
    standing: words.standing,
    icon: words.standing !== 'needs-sign-in' && trouble !== null ? 'trouble' : ICONS[words.standing],
    headline: `${words.who}, ${words.clocks}${title === null ? '' : `: ${lowerFirst(title)}`}`,
  };
}

/** An outage that ends by itself is nothing to call for while the token lives. */
function isPressing({ code }: Failure, standing: AccountWords['standing']): boolean {
  const passes = code === 'network-down' || code === 'service-down';
  return !passes || standing === 'expired' || standing === 'needs-sign-in';
}

const ICONS: Record<ReturnType<typeof standingOf>, IconState> = {
  valid: 'valid',
  expiring: 'expiring',
  expired: 'expiring',
  'needs-sign-in': 'needs-you',
};

export interface AccountWords {
  readonly standing: ReturnType<typeof standingOf>;
  /** "Signed in as ada@example.org" */
  readonly who: string;
  /** Both clocks in one line: "token 3 h 12 min, login 24 days" */
  readonly clocks: string;
  /** The access clock and what comes then: "Token until 14:30, renewed by itself" */
  readonly access: string;
  /** The login clock: "Login until 21 December, then sign in once more"; `null` when the service did not tell. */
  readonly login: string | null;
}

export function describeAccount(account: Account, now: Instant): AccountWords {
  const standing = standingOf(account, now);
  const name = account.owner?.email ?? account.owner?.displayName;
  const identity = name ?? (account.id === 'default' ? null : account.id);
  const signedIn = standing === 'needs-sign-in' ? 'Sign in again' : 'Signed in';
  return {
    standing,
    who: identity === null ? signedIn : `${signedIn} as ${identity}`,
    clocks: [accessLeft(account, now), loginLeft(account, now)].filter((part) => part !== null).join(', '),
    access: accessSentence(account, now),
    login: loginSentence(account, now),
  };
}

function accessLeft({ accessExpiresAt }: Account, now: Instant): string {
  if (accessExpiresAt === null) return 'token without a known end';
  return now < accessExpiresAt ? `token ${durationWords(accessExpiresAt - now)}` : 'token expired';
}

function loginLeft({ loginExpiresAt, history }: Account, now: Instant): string | null {
  if (loginEnd(history) === 'refused') return 'login ended';
  if (loginExpiresAt === null) return null;
  return now < loginExpiresAt ? `login ${durationWords(loginExpiresAt - now)}` : 'login ended';
}

function accessSentence(account: Account, now: Instant): string {
  const { accessExpiresAt } = account;
  if (account.refreshing) return 'Token is being renewed';
  if (accessExpiresAt === null) return 'Token without a known end';
  const when = instantWords(accessExpiresAt, now);
  const until = now < accessExpiresAt ? `Token until ${when}` : `Token expired since ${when}`;
  return `${until}${renewal(account, now)}`;
}

function renewal(account: Account, now: Instant): string {
  const plan = planRefresh(account, account.history, now);
  const isOver = account.accessExpiresAt !== null && now >= account.accessExpiresAt;
  if (plan.at === null) {
    return loginEnd(account.history) === 'refused' && !isOver ? ', then sign in again' : '';
  }
  if (plan.reason === 'after-refusal' || plan.reason === 'network-back')
    return `, next try ${plan.at <= now ? 'now' : instantWords(plan.at, now)}`;
  return ', renewed by itself';
}

function loginSentence({ loginExpiresAt, history }: Account, now: Instant): string | null {
  const isRefused = loginEnd(history) === 'refused';
  if (loginExpiresAt === null) return isRefused ? 'Login ended' : null;
  const day = dayWords(loginExpiresAt, now);
  if (isRefused && now < loginExpiresAt) return `Login ended before its time, ${day}`;
  return now < loginExpiresAt ? `Login until ${day}, then sign in once more` : `Login ended on ${day}`;
}

const STEP_WORDS: Record<SignInStepId, { readonly doing: string; readonly done: string }> = {
  pkce: { doing: 'Generating the PKCE challenge', done: 'PKCE challenge generated' },
  'callback-server': { doing: 'Starting local callback server', done: 'Callback server started' },
  browser: { doing: 'Opening your browser', done: 'Browser opened' },
  approval: { doing: 'Waiting for authorization', done: 'Authorization code received' },
  exchange: { doing: 'Exchanging code for access token', done: 'Access token obtained' },
  save: { doing: 'Saving tokens to config', done: 'Tokens saved' },
  test: { doing: 'Testing token', done: 'Token works' },
  done: { doing: 'Finishing', done: 'Signed in' },
};

/** A step in words: what is being done, or what was done once it is. */
export function describeStep(step: SignInStep): string {
  const words = STEP_WORDS[step.id];
  if (step.status === 'done') return words.done;
  if (step.status === 'warning') return step.id === 'test' ? 'Token tested' : words.done;
  return words.doing;
}

function signInHeadline(signIn: SignIn | null): string {
  if (signIn?.phase === 'terms') return 'Signing in: please read the terms';
  const active = signIn?.steps.find(({ status }) => status === 'active');
  return active === undefined ? 'Signing in' : `Signing in: ${lowerFirst(describeStep(active))}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
