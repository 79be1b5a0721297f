import type { Instant } from '../domain/instant.ts';
import type { Line } from './line.ts';
import type { Screen } from './screen.ts';

/** Where a command speaks. */
export interface Terminal {
  /** Standard output: the answer. */
  readonly out: (line: Line) => void;
  readonly error: (line: Line) => void;
  /** To standard output as it stands: for what is drawn. */
  readonly draw: (text: string) => void;
  /** Whether anybody reads the answer still, as far as is known. */
  readonly isRead: () => boolean;
  readonly screen: Screen;
  /** Whether a person can answer a question. */
  readonly interactive: boolean;
  /** The environment as it was handed to us; a program that we run gets it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
}
