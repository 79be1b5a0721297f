import type { FileObstacle } from '../../domain/failure.ts';

/** The code of a system error, `null` for any other error. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Why a file operation failed: a `FileObstacle`, or a code of the system that nobody foresaw. */
export function reasonOf(error: unknown): string {
  return errnoOf(error) ?? ('unforeseen' satisfies FileObstacle);
}
