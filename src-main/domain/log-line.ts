import { traceOf, type ErrorTrace } from './error-trace.ts';
import { FailureError } from './failure.ts';
import type { Instant } from './instant.ts';

/** Where an error was met. */
export type LogPlace =
  | 'main'
  | 'terminal'
  | 'desktop'
  | 'window'
  | 'login'
  | 'sign-in'
  | 'refresh'
  | 'upkeep'
  | 'request'
  | 'updates';

/** What is told of a request that failed. */
export interface RequestFacts {
  readonly host: string;
  readonly milliseconds: number;
  /** Of the answer; absent where none came. */
  readonly status?: number;
}

/** One error as the log has it. Nothing in it is secret, or tells of a person. */
export interface LogLine extends ErrorTrace, Partial<RequestFacts> {
  /** RFC 3339. */
  readonly at: string;
  readonly place: LogPlace;
  /** What it was caused by, the nearest first. */
  readonly causes: readonly ErrorTrace[];
}

/** Notes an error for whoever has to mend it. Never throws. */
export type ReportError = (place: LogPlace, error: unknown, request?: RequestFacts) => void;

const MOST_CAUSES = 3;

/** @param ownFiles what the addresses of our own files begin with */
export function logLine(
  at: Instant,
  place: LogPlace,
  error: unknown,
  ownFiles: string,
  request?: RequestFacts,
): LogLine {
  const failure = error instanceof FailureError ? error.failure : null;
  return {
    at: new Date(at).toISOString(),
    place,
    ...traceOf(error, ownFiles),
    causes: causesOf(error).map((cause) => traceOf(cause, ownFiles)),
    ...(failure !== null && 'host' in failure ? { host: failure.host } : {}),
    ...request,
  };
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (
    let each = error;
    each instanceof Error && each.cause !== undefined && causes.length < MOST_CAUSES;
    each = each.cause
  ) {
    causes.push(each.cause);
  }
  return causes;
}
