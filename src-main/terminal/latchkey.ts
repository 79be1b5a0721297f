import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { failureOf } from '../domain/failure.ts';
import { systemClock } from '../login/clock.ts';
import { createLogin } from '../login/create-login.ts';
import { readEnvironment } from '../login/environment.ts';
import type { Login } from '../login/login.ts';
import { browserCommand, openBrowser } from '../login/open-browser.ts';
import { ErrorLog } from '../log/error-log.ts';
import { forkKeychainHelper } from '../vault/keychain/keychain.ts';
import { readArguments } from './arguments.ts';
import { commands, COMMAND_NAMES } from './commands.ts';
import { EXIT } from './exit-code.ts';
import { failureLines } from './sign-in-report.ts';
import { USAGE } from './usage.ts';

declare const __VERSION__: string;

/** Ids come from a file that others write: they must not command the terminal. */
const plain = (line: string) => line.replace(/\p{Cc}/gu, '');
const out = (line: string) => void process.stdout.write(`${plain(line)}\n`);
const error = (line: string) => void process.stderr.write(`${plain(line)}\n`);

/** `null` until it is known where they are noted. */
let errors: ErrorLog | null = null;

/** Answers the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const typed = readArguments(words, COMMAND_NAMES);
  if (typed === 'help' || typed === null) {
    USAGE.forEach(typed === null ? error : out);
    return typed === null ? EXIT.wrongUse : EXIT.fine;
  }
  let login: Login;
  try {
    const browser = browserCommand(process.platform, process.env);
    const environment = readEnvironment(process.env, process.platform, homedir());
    const log = new ErrorLog({
      folder: join(environment.dataDir, 'logs'),
      ownFiles: pathToFileURL(`${import.meta.dirname}/`).href,
      now: () => systemClock.now(),
    });
    errors = log;
    login = createLogin(environment, {
      version: __VERSION__,
      reportError: log.report,
      openBrowser: (url) => openBrowser(browser, url),
      startKeychainHelper: () =>
        forkKeychainHelper(fileURLToPath(new URL('keychain-helper.js', import.meta.url))),
      autostart: null,
      askSystemForProxy: null,
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      standInRuntime: null,
      sandboxOff: false,
    });
  } catch (caught) {
    failureLines(failureOf(caught)).forEach(error);
    return EXIT.wrongUse;
  }
  // A sign-in is cancelled. A refresh goes on to its end, since its token may be spent already.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => login.cancelSignIn());
  }
  const end = (caught: unknown) => {
    tell(caught);
    // What is under way goes on to its end, and what was noted is on disk.
    void login.stop().finally(() => errors?.flush().finally(() => process.exit(EXIT.failed)));
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // Whoever read along has gone: what is under way goes on all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  await login.catchUp();
  const code = await commands[typed.command].run(login, typed.given, {
    out,
    error,
    interactive: process.stdin.isTTY,
    now: () => systemClock.now(),
  });
  await login.stop();
  return code;
}

/** Says what nobody foresaw, and notes it. */
function tell(caught: unknown): void {
  errors?.report('terminal', caught);
  failureLines(failureOf(caught)).forEach(error);
}

// Node would then take any certificate for the service's.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

process.exitCode = await main(process.argv.slice(2)).catch((caught: unknown) => {
  tell(caught);
  return EXIT.failed;
});
