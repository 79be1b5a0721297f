import { homedir } from 'node:os';
import { failureOf } from '../domain/failure.ts';
import { systemClock } from '../login/clock.ts';
import { createLogin } from '../login/create-login.ts';
import { readEnvironment } from '../login/environment.ts';
import type { Login } from '../login/login.ts';
import { browserCommand, openBrowser } from '../login/open-browser.ts';
import { loginCommand } from './login-command.ts';
import { failureLines } from './sign-in-report.ts';

declare const __VERSION__: string;

const WRONG_USE = 2;
const USAGE = 'Usage: latchkey login';

const error = (line: string) => void process.stderr.write(`${line}\n`);

/** Answers the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  if (command !== 'login' || rest.length > 0) {
    error(USAGE);
    return WRONG_USE;
  }
  let login: Login;
  try {
    const browser = browserCommand(process.platform, process.env);
    login = createLogin(readEnvironment(process.env, process.platform, homedir()), {
      version: __VERSION__,
      fetch: globalThis.fetch,
      openBrowser: (url) => openBrowser(browser, url),
      practice: false,
      standInRuntime: null,
      sandboxOff: false,
    });
  } catch (caught) {
    failureLines(failureOf(caught)).forEach(error);
    return WRONG_USE;
  }
  process.on('SIGINT', () => login.cancelSignIn());
  process.on('SIGTERM', () => login.cancelSignIn());
  await login.start();
  return loginCommand(login, {
    out: (line) => void process.stdout.write(`${line}\n`),
    error,
    interactive: process.stdin.isTTY,
    home: homedir(),
    now: () => systemClock.now(),
  });
}

process.exitCode = await main(process.argv.slice(2)).catch((caught: unknown) => {
  failureLines(failureOf(caught)).forEach(error);
  return 1;
});
