import { KEY_STORAGES } from '../domain/storage.ts';
import { ENV_SHELLS, HANDED, UNIT_KINDS } from './arguments.ts';

interface OptionText {
  /** As the usage has it, and the parser reads it. */
  readonly flags: string;
  readonly does: string;
  readonly choices?: readonly string[];
}

/** Every option of every command. */
export const OPTIONS = {
  account: { flags: '--account <id>', does: 'the account that is meant, by its id' },
  json: { flags: '--json', does: 'answer in JSON, for programs' },
  lasting: {
    flags: '--lasting <time>',
    does: 'renew first where less is left: 90s, 30m, 4h (default: 1m)',
  },
  paste: {
    flags: '--paste',
    does: 'take the code from standard input: for SSH, where the browser is on another machine',
  },
  browser: { flags: '--no-browser', does: 'open no browser, only show the address' },
  socket: { flags: '--socket <path>', does: 'where to serve, in a folder that is yours alone (0700)' },
  printUnit: {
    flags: '--print-unit <kind>',
    does: 'print a systemd user unit and end: service or socket',
    choices: UNIT_KINDS,
  },
  qr: { flags: '--qr', does: 'show the address as a QR code, for a phone; implies --paste' },
  replace: { flags: '--replace', does: 'set it also where a placeholder (${VAR}) stands in its place' },
  storage: {
    flags: '--storage <where>',
    does: 'where the key lies (default: where it lies now, else in the config file)',
    choices: KEY_STORAGES,
  },
  as: {
    flags: '--as <what>',
    does: 'what it is handed: the access token of a login (default), or the API key',
    choices: HANDED,
  },
  watch: { flags: '--watch', does: 'stay, and tell whatever changes' },
  shell: {
    flags: '--shell <name>',
    does: 'for which shell (default: sh, on Windows powershell)',
    choices: ENV_SHELLS,
  },
} as const satisfies Readonly<Record<string, OptionText>>;

export type OptionName = keyof typeof OPTIONS;

export function optionText(name: OptionName): OptionText {
  return OPTIONS[name];
}
