import { parseArgs } from 'node:util';

const COMMANDS = ['login', 'status', 'token', 'refresh', 'logout', 'doctor'] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Arguments {
  readonly command: CommandName;
  /** The credential's id, which may be empty; `null` where the person names none. */
  readonly account: string | null;
  readonly json: boolean;
}

export const USAGE: readonly string[] = [
  'Usage: latchkey <command> [--account ID] [--json]',
  '',
  '  login    sign in with Claude in the browser',
  '  status   tell who is signed in, and until when',
  '  token    print an access token that lasts at least a minute',
  '  refresh  renew the access token now',
  '  logout   forget the login on this machine',
  '  doctor   look at everything a login depends on',
  '',
  'Without --account: the account “default”, else the only one there is.',
];

/** What the person typed; `null` where it means nothing. */
export function readArguments(words: readonly string[]): Arguments | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: {
        account: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    const [name, ...rest] = positionals;
    if (values.help === true) return 'help';
    if (rest.length > 0) return null;
    if (name === 'help') return 'help';
    const command = COMMANDS.find((each) => each === name);
    if (command === undefined) return null;
    return { command, account: values.account ?? null, json: values.json ?? false };
  } catch {
    return null;
  }
}
