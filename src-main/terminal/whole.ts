import { join } from 'node:path';
import { failureOf } from '../domain/failure.ts';
import { systemClock } from '../login/clock.ts';
import { createLogin, type ProgramPorts } from '../login/create-login.ts';
import type { Environment } from '../login/environment.ts';
import type { Login } from '../login/login.ts';
import { browserCommand, openBrowser } from '../login/open-browser.ts';
import { ErrorLog } from '../log/error-log.ts';
import type { Arguments } from './arguments.ts';
import { agentFor } from './agent-variable.ts';
import type { Command, Commands, Whole } from './command.ts';
import { commands } from './commands.ts';
import { EXIT } from './exit-code.ts';
import { fingerprint, remember } from './glance.ts';
import { painted } from './line.ts';
import { overAgent } from './over-agent.ts';
import { Output } from './output.ts';
import { hasPractice } from './practice-command.ts';
import { readArguments } from './read-arguments.ts';
import { isATerminal, screenOf } from './screen.ts';
import { failureLines } from './failure-lines.ts';
import type { Terminal } from './terminal.ts';

/** Whoever runs a command asks it to end so. */
const ASKS_TO_END = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** Whatever else ends a process that does not mind it: limits of time (`alarm`, `ulimit -t`), `timeout --signal`. */
const ENDS = ['SIGALRM', 'SIGUSR2', 'SIGXCPU', 'SIGVTALRM', 'SIGIO', 'SIGPWR', 'SIGSTKFLT'] as const;

/** What runs the command: Node, or the app. */
export interface Host extends Pick<
  ProgramPorts,
  'version' | 'startKeychainHelper' | 'standInRuntime' | 'packageKind'
> {
  /** What the addresses of the program's own files begin with, as they stand in a stack. */
  readonly ownFiles: string;
  /** How this program is started, as words of a command line. */
  readonly program: readonly string[];
  /** The environment as it was handed to us. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** @throws FailureError `environment-invalid` */
  readonly readEnvironment: () => Environment;
}

/**
 * The `latchkey` command, whatever was typed.
 *
 * @param words after `latchkey`
 * @returns the exit code
 */
export async function runCommand(words: readonly string[], host: Host): Promise<number> {
  const output = new Output();
  const terminal = terminalOver(output, host.variables);
  const run = new Run(host, terminal, output);
  const code = await run.run(words).catch((error: unknown) => run.fail(error));
  if (output.failure === null) return code;
  // Whoever relies on the answer must not take half of it for the whole.
  terminal.error(`✗ The answer could not be written (${output.failure})`);
  return code === EXIT.fine ? EXIT.failed : code;
}

function terminalOver(output: Output, variables: Terminal['variables']): Terminal {
  const screen = screenOf(variables);
  const errorScreen = { colour: false, links: false };
  return {
    out: (line) => output.out(`${painted(line, screen)}\n`),
    error: (line) => output.error(`${painted(line, errorScreen)}\n`),
    draw: (text) => output.out(text),
    isRead: () => output.isRead,
    screen,
    interactive: isATerminal(0),
    variables,
    now: () => systemClock.now(),
  };
}

class Run {
  readonly #host: Host;
  readonly #terminal: Terminal;
  readonly #output: Output;
  /** `null` until it is known where they are noted. */
  #errors: ErrorLog | null = null;

  constructor(host: Host, terminal: Terminal, output: Output) {
    this.#host = host;
    this.#terminal = terminal;
    this.#output = output;
  }

  async run(words: readonly string[]): Promise<number> {
    const { version } = this.#host;
    const offered: Commands = commands;
    const { practice, ...others } = commands;
    const all: Commands = hasPractice() ? { ...offered, practice } : others;
    const typed = readArguments(words, all, version, this.#terminal.screen.columns());
    if (typed.kind === 'answer') {
      this.#output.out(typed.text);
      return EXIT.fine;
    }
    const command = typed.kind === 'command' ? all[typed.name] : undefined;
    if (typed.kind !== 'command' || command === undefined) {
      this.#output.error(typed.kind === 'wrong' ? typed.text : '');
      return EXIT.wrongUse;
    }
    const whole = { commands: all, version, program: this.#host.program };
    if ('answer' in command) return command.answer(typed.given, this.#terminal, whole);
    const alone = command.answersAlone?.(typed.given, whole) ?? null;
    if (alone !== null) {
      this.#output.out(alone);
      return EXIT.fine;
    }
    const agent = agentFor(typed.name, this.#host.variables);
    if (agent !== null) return overAgent(agent, typed.given, this.#terminal);
    return this.#withLogin(command, typed.given, whole);
  }

  /** Says what nobody foresaw, and notes it. */
  fail(error: unknown): number {
    this.#errors?.report('terminal', error);
    failureLines(failureOf(error)).forEach(this.#terminal.error);
    return EXIT.failed;
  }

  async #withLogin(
    command: Extract<Command, { readonly run: unknown }>,
    given: Arguments,
    whole: Whole,
  ): Promise<number> {
    let login: Login;
    let environment: Environment;
    try {
      environment = this.#host.readEnvironment();
      login = this.#create(environment, given);
    } catch (caught) {
      failureLines(failureOf(caught)).forEach(this.#terminal.error);
      return EXIT.wrongUse;
    }
    this.#outliveSignals(login);
    const end = (caught: unknown) => {
      this.fail(caught);
      // What is under way goes on to its end, and what was noted is on disk.
      void login.stop().finally(() => this.#errors?.flush().finally(() => process.exit(EXIT.failed)));
    };
    process.on('uncaughtException', end);
    process.on('unhandledRejection', end);
    const before = fingerprint(environment);
    if (command.looksOnly === true) await login.start();
    else {
      await login.catchUp();
      await remember(login, environment, before, this.#host.version, this.#terminal.now());
    }
    const code = await command.run(login, given, this.#terminal, whole);
    await login.stop();
    return code;
  }

  /** A sign-in is cancelled. A refresh goes on to its end, since its token may be spent already. */
  #outliveSignals(login: Login): void {
    const isRefreshing = () => login.snapshot.accounts.some(({ refreshing }) => refreshing);
    const wait = () => this.#terminal.error('Waiting for Claude’s answer: to stop now could end the sign-in');
    for (const signal of ASKS_TO_END) {
      process.on(signal, () => {
        login.cancelSignIn();
        if (isRefreshing()) wait();
      });
    }
    for (const signal of ENDS) {
      const end = () => {
        if (isRefreshing()) wait();
        // Else a command that runs beside us may be handed it.
        else if (process.listenerCount(signal) === 1) {
          process.off(signal, end);
          process.kill(process.pid, signal);
        }
      };
      process.on(signal, end);
    }
  }

  #create(environment: Environment, given: Arguments): Login {
    const host = this.#host;
    const log = new ErrorLog({
      folder: join(environment.dataDir, 'logs'),
      ownFiles: host.ownFiles,
      now: () => systemClock.now(),
    });
    this.#errors = log;
    const browser = browserCommand(process.platform, host.variables);
    const opens = given.browser && !given.paste && !given.qr;
    return createLogin(environment, {
      version: host.version,
      agent: { name: 'latchkey agent', loadQuestions: null },
      reportError: log.report,
      openBrowser: (url) => (opens ? openBrowser(browser, url) : Promise.resolve()),
      startKeychainHelper: host.startKeychainHelper,
      autostart: null,
      commandOnPath: null,
      askSystemForProxy: null,
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      standInRuntime: host.standInRuntime,
      sandboxOff: false,
      packageKind: host.packageKind,
    });
  }
}
