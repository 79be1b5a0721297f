import { CommanderError } from 'commander';
import type { Arguments } from './arguments.ts';
import type { Commands } from './command.ts';
import { programOf } from './program.ts';

/** What a person typed. */
export type Typed<Name extends string> =
  | { readonly kind: 'command'; readonly name: Name; readonly given: Arguments }
  /** Help or the version: the answer. */
  | { readonly kind: 'answer'; readonly text: string }
  /** It means nothing: why. */
  | { readonly kind: 'wrong'; readonly text: string };

/** Where no terminal says how wide it is. */
const COLUMNS = 80;

/** Keys, whoever made them: long, without a blank, and with a digit. */
const SECRET_LIKE = /(?=[\w-]*\d)[\w-]{16,}/g;

/**
 * What the words after `latchkey` mean.
 *
 * @param columns to fit help into
 */
export function readArguments<All extends Commands>(
  words: readonly string[],
  commands: All,
  version: string,
  columns: number | null = null,
): Typed<keyof All & string> {
  let answer = '';
  let wrong = '';
  let typed = null as Typed<keyof All & string> | null;
  const program = programOf(commands, version, (name, given) => {
    typed = { kind: 'command', name, given };
  });
  for (const each of [program, ...program.commands]) {
    each.configureOutput({
      writeOut: (text) => (answer += text),
      writeErr: (text) => (wrong += text),
      getOutHelpWidth: () => columns ?? COLUMNS,
      getErrHelpWidth: () => columns ?? COLUMNS,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
    each.exitOverride();
    // Else narrow terminals get lines that are not wrapped at all.
    each.configureHelp({ minWidthToWrap: 20 });
    each.showHelpAfterError(`Try: latchkey ${each === program ? '' : `${each.name()} `}--help`);
  }
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'answer', text: answer };
    // A key that was typed where none belongs is not said again: terminals are recorded.
    return { kind: 'wrong', text: wrong.replace(SECRET_LIKE, '…') };
  }
  return typed ?? { kind: 'wrong', text: wrong };
}
