import type { Check } from '../domain/check.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { Login } from '../login/login.ts';
import { describeFailure } from '../words/failure-words.ts';
import { tilde } from '../words/tilde.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, exitCodeOfAccounts } from './exit-code.ts';
import { failureLines } from './sign-in-report.ts';
import { accountJson, accountLines } from './status.ts';
import { ENGLISH, type Terminal } from './terminal.ts';

/** Worth knowing, and no reason why a login would not work. */
const NOTICES: ReadonlySet<FailureCode> = new Set([
  'config-readable-by-others',
  'data-set-aside',
  'keychain-unavailable',
  'port-busy',
]);

/**
 * `latchkey doctor`: what a login depends on, each with what is wrong and what helps. Answers the exit code: 1 where
 * something stands in the way, else 3 where only a sign-in is missing.
 */
export async function doctorCommand(login: Login, given: Arguments, terminal: Terminal): Promise<number> {
  const now = terminal.now();
  const checks = await login.checkUp();
  const { accounts, surroundings } = login.snapshot;
  const chosen = accounts.filter(({ id }) => given.account === null || id === given.account);

  const path = (whole: string) => tilde(whole, surroundings.home);
  if (given.json) {
    // Standard output is the answer's alone; the causes are told all the same.
    for (const check of checks) tell(check, path, { ...terminal, out: () => undefined });
    const told = checks.map(({ part, about, failures }) => ({
      part,
      about,
      failures: failures.map(({ code }) => code),
    }));
    terminal.out(
      JSON.stringify({ checks: told, accounts: chosen.map((account) => accountJson(account, now)) }),
    );
  } else {
    for (const check of checks) tell(check, path, terminal);
    if (chosen.length === 0 && given.account !== null) {
      failureLines({ code: 'not-signed-in', id: given.account }).forEach(terminal.error);
    } else if (chosen.length === 0) terminal.out('Signed out');
    for (const account of chosen) {
      accountLines(account, path(surroundings.configFile), now).forEach(terminal.out);
    }
  }
  if (checks.some(isInTheWay)) return EXIT.failed;
  return exitCodeOfAccounts(chosen, now);
}

const PARTS: Readonly<Record<Check['part'], string>> = {
  'config-file': 'Config file',
  'data-folder': "Latchkey's own folder",
  keychain: 'System keychain',
  'callback-port': 'Callback port',
  connection: 'Connection to',
};

function tell(check: Check, path: (whole: string) => string, terminal: Terminal): void {
  const { part, about, failures } = check;
  const name = about === null ? PARTS[part] : `${PARTS[part]} ${path(about)}`;
  if (failures.length === 0) return terminal.out(`✓ ${name}`);
  const say = isInTheWay(check) ? terminal.error : terminal.out;
  say(`${isInTheWay(check) ? '✗' : '⚠'} ${name}`);
  for (const failure of failures) {
    const { title, explanation } = describeFailure(ENGLISH, failure, 'other');
    say(`  ${title} [${failure.code}]`);
    say(`  ${explanation}`);
  }
}

function isInTheWay({ failures }: Check): boolean {
  return failures.some(({ code }) => !NOTICES.has(code));
}
