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
  readonly now: () => Instant;
}
