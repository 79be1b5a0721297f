import { fstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Tty from 'node:tty';
import type { Look } from './line.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the answer goes. */
export interface Screen extends Look {
  readonly isTerminal: boolean;
  /** Of characters; `null` where it is no terminal. */
  readonly columns: () => number | null;
}

/** Terminals that make links of OSC 8, by what they say of themselves; one inside of them may not hand it on. */
const KNOWS_LINKS = ['KITTY_WINDOW_ID', 'KONSOLE_VERSION', 'WT_SESSION', 'VTE_VERSION', 'DOMTERM'];
const LINK_PROGRAMS = ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'zed'];

/** Standard output as it is. */
export function screenOf(variables: Variables): Screen {
  const isTerminal = isATerminal(1);
  return {
    isTerminal,
    ...lookOf(isTerminal, variables),
    // Of a terminal only: a pipe that Node has opened as a stream no longer waits for its reader.
    columns: () => (isTerminal ? process.stdout.columns : null),
  };
}

/** Whether a file descriptor is a terminal. */
export function isATerminal(fd: number): boolean {
  try {
    // What is no such device need not be asked any further: `node:tty` is large.
    if (!fstatSync(fd).isCharacterDevice()) return process.platform === 'win32' && isatty(fd);
    return isatty(fd);
  } catch {
    return false;
  }
}

function isatty(fd: number): boolean {
  const { isatty: ask } = createRequire(import.meta.url)('node:tty') as typeof Tty;
  return ask(fd);
}

/** NO_COLOR (no-color.org) counts before everything; FORCE_COLOR is how a person says it of a pipe (Node's `tty`). */
export function lookOf(isTerminal: boolean, variables: Variables): Look {
  const isSet = (name: string) => (variables[name] ?? '') !== '';
  const isAble = isTerminal && variables['TERM'] !== 'dumb';
  const forced = variables['FORCE_COLOR'];
  const wanted = forced === undefined ? isAble : forced !== '0' && forced !== 'false';
  const isInside = isSet('TMUX') || isSet('STY');
  const linked = KNOWS_LINKS.some(isSet) || LINK_PROGRAMS.includes(variables['TERM_PROGRAM'] ?? '');
  return { colour: wanted && !isSet('NO_COLOR'), links: isAble && linked && !isInside };
}
