import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import type { Command, Commands, Whole } from './command.ts';
import { EXIT } from './exit-code.ts';
import { idText } from './id-text.ts';
import { optionText, type OptionName } from './options.ts';
import type { Terminal } from './terminal.ts';

/** A way to go on, and what it does. */
export interface Suggestion {
  readonly word: string;
  readonly does: string;
}

/** `latchkey complete`: a line for each way to go on; none where that is the shell's own matter. */
export function completeCommand(
  { snapshot }: Pick<Login, 'snapshot'>,
  { operands }: Pick<Arguments, 'operands'>,
  { draw }: Pick<Terminal, 'draw'>,
  { commands }: Pick<Whole, 'commands'>,
): Promise<number> {
  // Another program may have put anything into the file; what a shell would not take as it stands is typed by hand.
  const ids = snapshot.accounts
    .filter(({ id }) => id !== '' && idText(id) === id)
    .map(({ id, owner }): Suggestion => ({ word: id, does: (owner?.email ?? '').replace(/\p{Cc}/gu, '') }));
  draw(
    suggestions(operands, commands, ids)
      .map(({ word, does }) => `${word}\t${does}\n`)
      .join(''),
  );
  return Promise.resolve(EXIT.fine);
}

const GLOBAL: readonly Suggestion[] = [
  { word: '--help', does: 'print the help' },
  { word: '--version', does: 'print the version' },
];
const HELP: Suggestion = { word: '--help', does: 'print the help' };
const END_OF_OPTIONS: Suggestion = { word: '--', does: 'and the command' };
const TIMES: readonly Suggestion[] = ['30m', '1h', '4h'].map((word) => ({ word, does: '' }));

/**
 * How the words go on.
 *
 * @param words what is typed after `latchkey`, the last as far as it is there
 */
export function suggestions(
  words: readonly string[],
  commands: Commands,
  ids: readonly Suggestion[],
): readonly Suggestion[] {
  const [name = '', ...rest] = words;
  const shown = Object.entries(commands).filter(([, { hidden }]) => hidden !== true);
  if (rest.length === 0) {
    const all = shown.map(([word, { does }]): Suggestion => ({ word, does }));
    return beginning(name.trim(), [...all, ...GLOBAL]);
  }
  const [, command] = shown.find(([each]) => each === name) ?? [];
  return command === undefined ? [] : ofCommand(rest, command, ids);
}

function ofCommand(
  words: readonly string[],
  command: Command,
  ids: readonly Suggestion[],
): readonly Suggestion[] {
  const { before, current, option } = lastOf(words);
  if (before.includes('--')) return [];
  const wanted = command.options.find((each) => flagOf(each) === option && takesValue(each));
  if (wanted !== undefined) return beginning(current, valuesOf(wanted, ids));
  const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  const joined = command.options.find((each) => flagOf(each) === flag);
  if (flag !== undefined && joined !== undefined) {
    const values = beginning(value ?? '', valuesOf(joined, ids));
    return values.map(({ word, does }) => ({ word: `${flag}=${word}`, does }));
  }
  const { operand } = command;
  const flags = command.options.map((each) => ({ word: flagOf(each), does: optionText(each).does }));
  const all = [
    ...(operand?.choices ?? []).map((word): Suggestion => ({ word, does: '' })),
    ...(operand?.isCommand === true ? [END_OF_OPTIONS] : []),
    ...flags,
    HELP,
  ];
  return beginning(
    current,
    all.filter(({ word }) => !before.includes(word)),
  );
}

/** Bash takes `--account=work` for three words. */
function lastOf(words: readonly string[]) {
  const current = (words.at(-1) ?? '').trim();
  if (current === '=') return { before: words.slice(0, -2), current: '', option: words.at(-2) };
  if (words.at(-2) === '=') return { before: words.slice(0, -3), current, option: words.at(-3) };
  return { before: words.slice(0, -1), current, option: words.at(-2) };
}

function flagOf(name: OptionName): string {
  return optionText(name).flags.split(' ')[0] ?? '';
}

function takesValue(name: OptionName): boolean {
  return optionText(name).flags.includes(' <');
}

function valuesOf(name: OptionName, ids: readonly Suggestion[]): readonly Suggestion[] {
  if (name === 'account') return ids;
  if (name === 'lasting') return TIMES;
  return (optionText(name).choices ?? []).map((word) => ({ word, does: '' }));
}

function beginning(text: string, all: readonly Suggestion[]): readonly Suggestion[] {
  return all.filter(({ word }) => word.startsWith(text));
}
