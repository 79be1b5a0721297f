import { Argument, Command as Program, InvalidArgumentError, Option } from 'commander';
import { NOTHING_TYPED, type Arguments } from './arguments.ts';
import type { Command, Commands, Example } from './command.ts';
import { readDuration } from './duration.ts';
import { NOTES, sentence } from './notes.ts';
import { optionText, type OptionName } from './options.ts';

const FIRST_TIME: readonly Example[] = [
  { typed: 'latchkey login', does: 'sign in; over SSH: latchkey login --paste' },
  { typed: 'latchkey token', does: 'the access token, for a script' },
  { typed: 'latchkey exec -- claude', does: 'run a command with it' },
];
const PRACTISING: Example = {
  typed: 'latchkey practice',
  does: 'no account at hand? Try all of this in a shell of its own',
};

/** What the parser knows of `commands`. Whoever parses with it says what then happens. */
export function programOf(
  commands: Commands,
  version: string,
  onCommand: (name: string, given: Arguments) => void,
): Program {
  const program = new Program('latchkey')
    .description('Keeps a Claude sign-in alive, and hands its access token to programs.')
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this, or the help of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions()
    .exitOverride();
  for (const [name, command] of Object.entries(commands)) {
    const own = program.command(name, { hidden: command.hidden ?? false });
    describe(own, command);
    own.action(() => onCommand(name, argumentsOf(own)));
  }
  const first = 'practice' in commands ? [...FIRST_TIME, PRACTISING] : FIRST_TIME;
  program.addHelpText('after', `\nTo begin with:\n${table(first)}\n\n${NOTES.join('\n')}`);
  return program;
}

function describe(program: Program, command: Command): void {
  program.summary(command.does);
  program.description([sentence(command.does), ...(command.about ?? [])].join('\n\n'));
  program.helpOption('-h, --help', 'print this');
  for (const name of command.options) program.addOption(optionOf(name));
  const { operand } = command;
  if (operand !== undefined) {
    const argument = new Argument(operand.name, operand.does);
    if (operand.choices !== undefined) argument.choices([...operand.choices]);
    program.addArgument(argument);
    if (operand.isCommand === true) program.passThroughOptions();
  }
  if (command.examples !== undefined) program.addHelpText('after', `\nExamples:\n${table(command.examples)}`);
}

function optionOf(name: OptionName): Option {
  const { flags, does, choices } = optionText(name);
  const option = new Option(flags, does);
  if (choices !== undefined) option.choices(choices);
  if (name === 'lasting') {
    option.argParser((text) => {
      const duration = readDuration(text);
      if (duration === null) throw new InvalidArgumentError('Write a time as 90s, 30m, 4h or 1h30m.');
      return duration;
    });
  }
  return option;
}

function argumentsOf(program: Program): Arguments {
  const { account, lasting, shell, socket, printUnit, as, storage, ...switches } =
    program.opts<Partial<Arguments>>();
  return {
    ...NOTHING_TYPED,
    ...switches,
    account: account ?? null,
    lasting: lasting ?? null,
    shell: shell ?? null,
    socket: socket ?? null,
    printUnit: printUnit ?? null,
    as: as ?? 'login',
    storage: storage ?? null,
    operands: program.args,
  };
}

function table(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ typed }) => typed.length));
  return examples.map(({ typed, does }) => `  ${typed.padEnd(width)}  ${does}`).join('\n');
}
