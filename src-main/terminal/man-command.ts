import type { Arguments } from './arguments.ts';
import type { Command, Whole } from './command.ts';
import { EXIT } from './exit-code.ts';
import { optionText } from './options.ts';
import { NOTES, sentence } from './notes.ts';
import type { Terminal } from './terminal.ts';

/** `latchkey man`: the man page, in the language of man(7). */
export function manCommand(_given: Arguments, { draw }: Pick<Terminal, 'draw'>, whole: Whole): number {
  draw(manPage(whole));
  return EXIT.fine;
}

export function manPage({ commands, version }: Whole): string {
  const shown = Object.entries(commands).filter(([, { hidden }]) => hidden !== true);
  return [
    `.TH LATCHKEY 1 "" "latchkey ${roff(version)}" "User Commands"`,
    '.SH NAME',
    String.raw`latchkey \- keeps a Claude sign-in alive, and hands its access token to programs`,
    '.SH SYNOPSIS',
    '.B latchkey',
    String.raw`\fIcommand\fR [\fIoption\fR ...]`,
    '.SH DESCRIPTION',
    'Signs in to Claude, renews the access token when a command asks for one, and shares its files with the Latchkey app.',
    'Whatever is an answer goes to standard output, everything else to standard error.',
    '.SH COMMANDS',
    ...shown.flatMap(([name, command]) => commandLines(name, command)),
    '.SH ENVIRONMENT',
    ...VARIABLES.flatMap(([name, does]) => ['.TP', `.B ${name}`, roff(does)]),
    '.SH FILES',
    ...FILES.flatMap(([path, does]) => ['.TP', `.I ${roff(path)}`, roff(does)]),
    '.SH NOTES',
    ...NOTES.flatMap((note) => ['.PP', roff(note)]),
    '.PP',
    roff(TERMS),
    '',
  ].join('\n');
}

function commandLines(name: string, { does, about, options, operand, examples }: Command): readonly string[] {
  const synopsis = [name, ...options.map((each) => `[${optionText(each).flags}]`)];
  if (operand !== undefined) synopsis.push(...(operand.isCommand === true ? ['--'] : []), operand.name);
  return [
    `.SS ${roff(synopsis.join(' '))}`,
    roff(sentence(does)),
    ...(about ?? []).flatMap((paragraph) => ['.PP', roff(paragraph)]),
    ...options.flatMap((each) => ['.TP', `.B ${roff(optionText(each).flags)}`, roff(optionText(each).does)]),
    ...(operand === undefined
      ? []
      : ['.TP', `.I ${roff(operand.name)}`, roff([operand.does, ...(operand.choices ?? [])].join(' '))]),
    ...(examples ?? []).flatMap(({ typed, does: told }) => ['.TP', `.B ${roff(typed)}`, roff(told)]),
  ];
}

const VARIABLES: readonly (readonly [string, string])[] = [
  ['LATCHKEY_CONFIG_FILE', 'the config file; else ~/.mcp-code-api/config.yaml'],
  ['LATCHKEY_DATA_DIR', 'the folder for history and settings; else the one that the app has'],
  ['LATCHKEY_CALLBACK_PORT', 'where the browser comes back to; else 8765, or the next free one'],
  ['LATCHKEY_AUTHORIZE_URL, LATCHKEY_TOKEN_URL, LATCHKEY_API_URL', 'other servers than the usual ones'],
  ['BROWSER', 'what opens an address where there is no display'],
  ['NO_COLOR, FORCE_COLOR', 'no colour at all; colour also where the output is no terminal'],
];

const FILES: readonly (readonly [string, string])[] = [
  ['~/.mcp-code-api/config.yaml', 'the credential, which other programs read as well'],
  ['~/.config/Latchkey/', 'history and settings, without secrets'],
];

const TERMS =
  'Latchkey uses the public client id of Claude Code. Anthropic says that such tokens are for Claude Code; API keys are the supported way.';

/** A text as it stands in a line: no request, no escape, and hyphens that can be copied. */
function roff(text: string): string {
  return text
    .replace(/\\/g, String.raw`\e`)
    .replace(/-/g, String.raw`\-`)
    .replace(/^([.'])/, String.raw`\&$1`);
}
