import type { Instant } from '../domain/instant.ts';
import { wordsFor } from '../words/words.ts';

/** The terminal speaks English, whatever the window does: the seed prescribes its lines, and scripts search them. */
export const ENGLISH = wordsFor('en');

/** Where a command speaks. */
export interface Terminal {
  /** Standard output: the answer. */
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Whether a person can answer a question. */
  readonly interactive: boolean;
  readonly home: string;
  readonly now: () => Instant;
}

/** A path as a person writes it. */
export function tilde(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
