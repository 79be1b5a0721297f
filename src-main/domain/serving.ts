import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';

/** What a person can say to a program that wants a token. */
export const PERMISSIONS = ['once', 'hour', 'no'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** A program that waits for a person's word. */
export interface Question {
  readonly id: number;
  /** What it calls itself; `null` where the platform does not tell. */
  readonly program: string | null;
  readonly accountId: string;
  /** When it counts as refused. */
  readonly until: Instant;
}

/** Tokens handed to a program since the app started, or today. */
export interface HandedOut {
  /** `null`: one that could not be told. */
  readonly program: string | null;
  readonly accountId: string;
  readonly times: number;
  readonly lastAt: Instant;
}

/** How tokens are served to programs on this computer. */
export interface ServingState {
  /** The socket's path. */
  readonly path: string;
  /** `failed`: as `failure` says. */
  readonly kind: 'opening' | 'open' | 'paused' | 'failed';
  readonly failure: Failure | null;
  /** Latest first. */
  readonly handedOut: readonly HandedOut[];
  /** Oldest first. */
  readonly questions: readonly Question[];
}
