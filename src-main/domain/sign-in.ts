import type { Place } from './credential.ts';
import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { PasteProblem } from './pasted-code.ts';

/** The flow's eight steps in the seed's order. */
export const SIGN_IN_STEPS = [
  'pkce',
  'callback-server',
  'browser',
  'approval',
  'exchange',
  'save',
  'test',
  'done',
] as const;

export type SignInStepId = (typeof SIGN_IN_STEPS)[number];

/** `warning` is done, with a notice worth reading; `skipped` never ran: an earlier step ended the run, or nothing needed it. */
export type SignInStepStatus = 'pending' | 'active' | 'done' | 'warning' | 'failed' | 'skipped';

export interface SignInStep {
  readonly id: SignInStepId;
  readonly status: SignInStepStatus;
  readonly notice: Failure | null;
}

/**
 * `terms`: waiting for "I understand". `running`: steps are under way. The other three are ends and stay until
 * dismissed or until the next attempt.
 */
export type SignInPhase = 'terms' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** One attempt as the faces see it: no code, verifier, state or token, and so no authorization URL either. */
export interface SignIn {
  /** Counts the attempts since start-up, so that a face can tell a new one from an old one. */
  readonly attempt: number;
  /** The account it was asked for; `null` for one account more, whoever approves. */
  readonly askedFor: string | null;
  /** Where it is stored: `null` until that is decided. */
  readonly place: Place | null;
  readonly phase: SignInPhase;
  readonly steps: readonly SignInStep[];
  /** Where the browser comes back to, once the callback server listens. */
  readonly redirectUri: string | null;
  /** The authorization endpoint without its query, once it is known. */
  readonly authorizationEndpoint: string | null;
  /** When waiting for the approval ends by itself. */
  readonly approvalDeadline: Instant | null;
  /** When the exchange is tried again by itself, because the service asked to wait; `null` while it does not wait. */
  readonly retryAt: Instant | null;
  /** The person wants to paste a code, because the browser cannot come back to this machine. */
  readonly pasting: boolean;
  /** What was wrong with the code they submitted; `state-mismatch`: it belongs to another attempt. */
  readonly codeProblem: PasteProblem | 'state-mismatch' | null;
  /** Why the attempt failed; `null` unless `phase` is `failed`. */
  readonly failure: Failure | null;
}

export function newSignIn(attempt: number, askedFor: string | null): SignIn {
  return {
    attempt,
    askedFor,
    place: null,
    phase: 'running',
    steps: SIGN_IN_STEPS.map((id) => ({ id, status: 'pending', notice: null })),
    redirectUri: null,
    authorizationEndpoint: null,
    approvalDeadline: null,
    retryAt: null,
    pasting: false,
    codeProblem: null,
    failure: null,
  };
}

/** The same attempt with one step changed. */
export function withStep(
  signIn: SignIn,
  id: SignInStepId,
  status: SignInStepStatus,
  notice: Failure | null = null,
): SignIn {
  return { ...signIn, steps: signIn.steps.map((step) => (step.id === id ? { id, status, notice } : step)) };
}

/** The attempt ended early: the step under way takes `failed`, those after it never ran. */
export function withEnd(signIn: SignIn, failure: Failure): SignIn {
  const cancelled = failure.code === 'sign-in-cancelled';
  return {
    ...signIn,
    phase: cancelled ? 'cancelled' : 'failed',
    failure: cancelled ? null : failure,
    approvalDeadline: null,
    retryAt: null,
    steps: signIn.steps.map((step) => {
      if (step.status === 'active')
        return { ...step, status: cancelled ? 'skipped' : 'failed', notice: failure };
      return step.status === 'pending' ? { ...step, status: 'skipped' } : step;
    }),
  };
}

export function isUnderWay(signIn: SignIn | null): boolean {
  return signIn?.phase === 'running' || signIn?.phase === 'terms';
}
