import { parseArgs } from 'node:util';

export interface Arguments {
  /** The credential's id, which may be empty; `null` where the person names none. */
  readonly account: string | null;
  readonly json: boolean;
}

/** What the person typed; `null` where it means nothing. @param names of the commands there are */
export function readArguments<Name extends string>(
  words: readonly string[],
  names: readonly Name[],
): { readonly command: Name; readonly given: Arguments } | 'help' | null {
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
    const command = names.find((each) => each === name);
    if (command === undefined) return null;
    return { command, given: { account: values.account ?? null, json: values.json ?? false } };
  } catch {
    return null;
  }
}
