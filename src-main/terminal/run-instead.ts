import type { ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { isATerminal } from './screen.ts';

/** The longest environment and arguments that are certain to be taken, and the longest of them; bytes. */
const CERTAIN_SIZE = 100_000;
/** What a program says that cannot run another: POSIX, "Exit Status for Commands". */
const CANNOT_RUN = 126;
const NOT_FOUND = 127;
/** Finds a command on the path and becomes it, without a look at the environment. */
const ENV = '/usr/bin/env';

/** As a terminal, an init or another program sends them; SIGKILL and SIGSTOP nobody can hand on. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;

/**
 * Runs a command in our place: this process becomes it where the platform can, so that signals, exit code, terminal and
 * streams are its own. Else we stand beside it, hand signals on, and end as it ends.
 *
 * @returns its exit code; never where this process became it
 */
export async function runInstead(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  error: (line: string) => void,
): Promise<number> {
  if (mayBecome(words, environment)) become(words, environment);
  return runBeside(words, environment, error);
}

/**
 * Node ends with a core dump, which would hold the token, where the system refuses: so only what it cannot refuse is
 * asked of it, a small program that is always there, which then becomes the command and says what is wrong with it.
 */
export function mayBecome(
  [command = '', ...rest]: readonly string[],
  environment: Readonly<Record<string, string>>,
): boolean {
  const texts = [command, ...rest, ...Object.entries(environment).map((entry) => entry.join('='))];
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  // `env` would take it for a variable.
  if (command.includes('=') || size > CERTAIN_SIZE || texts.some((text) => text.includes('\0'))) return false;
  // Windows has the function as well, and a refusal in it.
  if (process.platform === 'win32' || typeof process.execve !== 'function') return false;
  try {
    accessSync(ENV, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Never returns. To be asked only where `mayBecome`. */
export function become(words: readonly string[], environment: Readonly<Record<string, string>>): never {
  // Node ignores these two, and an ignored signal stays so for whoever comes after; one that is caught does not.
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => undefined);
  // Its warning of an experiment would come with the next tick, which never comes.
  process.execve?.(ENV, ['env', '--', ...words], { ...environment });
  throw new Error('this process cannot become another');
}

const isOfKeyboard = (signal: NodeJS.Signals) => signal === 'SIGINT' || signal === 'SIGQUIT';

/** Runs a command, hands signals on, and ends as it ends. */
export async function runBeside(
  [command = '', ...rest]: readonly string[],
  environment: Readonly<Record<string, string>>,
  error: (line: string) => void,
): Promise<number> {
  const { spawn } = await import('node:child_process');
  let child: ChildProcess;
  try {
    child = spawn(command, rest, { env: environment, stdio: 'inherit' });
  } catch {
    error(`✗ ${command} cannot be run`);
    return CANNOT_RUN;
  }
  const forward = (signal: NodeJS.Signals) => {
    // A terminal has sent it to both.
    if (!isOfKeyboard(signal) || !isATerminal(0)) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const ended = Promise.withResolvers<number>();
  child.once('error', (cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === 'ENOENT';
    error(`✗ ${command} ${isMissing ? 'was not found' : 'cannot be run'}`);
    ended.resolve(isMissing ? NOT_FOUND : CANNOT_RUN);
  });
  child.once('exit', (code, signal) => {
    for (const each of FORWARDED) process.off(each, forward);
    if (signal !== null) {
      // Whoever waits for us sees the same end.
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
    ended.resolve(code ?? CANNOT_RUN);
  });
  return ended.promise;
}
