import { commands } from './commands.ts';

const width = Math.max(...Object.keys(commands).map((name) => name.length));

export const USAGE: readonly string[] = [
  'Usage: latchkey <command> [--account ID] [--json]',
  '',
  ...Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`),
  '',
  'Without --account: the account “default”, else the only one there is.',
];
