import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import type { OptionName } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What is said of a command: its help, the man page and completion are made of this. */
interface Described {
  /** One line. */
  readonly does: string;
  /** Paragraphs, where a line is not enough. */
  readonly about?: readonly string[];
  readonly options: readonly OptionName[];
  readonly operand?: Operand;
  readonly examples?: readonly Example[];
  /** For programs of ours: no help tells of it. */
  readonly hidden?: true;
}

export interface Operand {
  /** As the usage has it: `<shell>`, `[words...]`. */
  readonly name: string;
  readonly does: string;
  readonly choices?: readonly string[];
  /** All from the first one on is another command's, options too. */
  readonly isCommand?: true;
}

export interface Example {
  readonly typed: string;
  readonly does: string;
}

/** A command of `latchkey`, under its name in `commands.ts`. */
export type Command = Described &
  (
    | {
        /** Answers the exit code. Standard output holds only the answer. */
        readonly run: (login: Login, given: Arguments, terminal: Terminal, whole: Whole) => Promise<number>;
        /** What is answered without a login, for some of what may be typed; `null` for the rest. */
        readonly answersAlone?: (given: Arguments, host: Pick<Whole, 'program'>) => string | null;
        /** Opens files and does nothing else: what another program did is not taken over first. */
        readonly looksOnly?: true;
      }
    /** Without a login. */
    | { readonly answer: (given: Arguments, terminal: Terminal, whole: Whole) => number | Promise<number> }
  );

export type Commands = Readonly<Record<string, Command>>;

/** What a command may tell of all of them. */
export interface Whole {
  readonly commands: Commands;
  readonly version: string;
  /** How this program is started, as words of a command line. */
  readonly program: readonly string[];
}
