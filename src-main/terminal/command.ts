import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** A command of `latchkey`, under its name in `commands.ts`. */
export interface Command {
  /** What the usage says of it. */
  readonly does: string;
  /** Answers the exit code. Standard output holds only the answer. */
  readonly run: (login: Login, given: Arguments, terminal: Terminal) => Promise<number>;
}
