import type { Check } from '../domain/check.ts';
import type { Failure, FailureCode } from '../domain/failure.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import type { Instant } from '../domain/instant.ts';
import type { Login } from '../login/login.ts';
import { tilde } from '../words/tilde.ts';
import { describeWay } from '../words/way-words.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { EXIT, exitCodeOfAccounts } from './exit-code.ts';
import { failureText } from './failure-text.ts';
import type { Line } from './line.ts';
import { strongerIn } from './program-environment.ts';
import { failureLines, markedLines } from './failure-lines.ts';
import { accountJson } from '../domain/status-json.ts';
import { accountLines } from './status.ts';
import type { Terminal } from './terminal.ts';
import { toldAccounts } from './told-accounts.ts';

/** Which failures are a reason why a login would not work; the others are only worth knowing. */
const IN_THE_WAY: Readonly<Record<FailureCode, boolean>> = {
  'terms-not-acknowledged': true,
  'runtime-not-vouched': true,
  'environment-invalid': true,
  'port-busy': false,
  'no-callback-port': true,
  'browser-not-opened': true,
  'authorization-timeout': true,
  'access-denied': true,
  'authorization-refused': true,
  'sign-in-cancelled': true,
  'grant-refused': true,
  'request-malformed': true,
  'rate-limited': true,
  'network-challenge': true,
  'token-endpoint-missing': true,
  'service-down': true,
  'network-down': true,
  'connection-untrusted': true,
  'proxy-unusable': true,
  'proxy-refused': true,
  'proxy-login': true,
  'answer-lost': true,
  'answer-unexpected': true,
  'not-signed-in': true,
  'not-refreshable': true,
  'login-locked': true,
  'entry-removed': true,
  'entry-replaced': true,
  'nowhere-to-store': true,
  'login-shared': false,
  'id-shared': false,
  'login-copied': false,
  'expiry-not-understood': false,
  'test-forbidden': true,
  'test-claude-code-only': true,
  'test-scope-missing': true,
  'test-organization-not-allowed': true,
  'test-token-expired': true,
  'test-header-missing': true,
  'config-unreadable': true,
  'config-not-yaml': true,
  'config-shape': true,
  'config-not-writable': true,
  'config-locked': true,
  'config-readable-by-others': false,
  'config-made-private': false,
  'older-block': false,
  'entries-unreadable': false,
  'file-in-git': false,
  'file-synced': false,
  'no-key': true,
  'key-unusable': true,
  'key-placeholder': false,
  'key-changed': true,
  'key-in-both': false,
  'key-locked': true,
  'key-missing': true,
  'key-not-kept': true,
  'key-refused': true,
  'key-forbidden': true,
  'key-no-credit': true,
  'data-not-writable': true,
  'data-set-aside': false,
  'keychain-unavailable': false,
  'secret-locked': true,
  'secret-missing': true,
  'storage-not-movable': false,
  'clock-off': false,
  'autostart-unchanged': true,
  'command-not-placed': true,
  'practice-failed': true,
  'agent-not-served': true,
  'agent-elsewhere': true,
  'agent-unreachable': true,
  'agent-request': true,
  'agent-refused': true,
  internal: true,
};

const isInTheWay = ({ code }: Failure) => IN_THE_WAY[code];

/**
 * `latchkey doctor`: what a login depends on, each with what is wrong and what helps, as one report on standard output;
 * with `--json` what is in the way on standard error. Answers the exit code: 1 where something is in the way, else 3
 * where only a sign-in is missing.
 */
export async function doctorCommand(
  login: Pick<Login, 'checkUp' | 'snapshot' | 'summaryFacts'>,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const now = terminal.now();
  const checks = await login.checkUp();
  const { snapshot } = login;
  const chosen = await toldAccounts(login, given.account);
  const checked = new Set(checks.flatMap(({ failures }) => failures.map(({ code }) => code)));
  const others = snapshot.troubles.filter(({ code }) => !checked.has(code));

  const path = (whole: string) => tilde(whole, snapshot.surroundings.home);
  const stronger = strongerIn(terminal.variables);
  const findings = [
    ...checks.map((check) => findingOf(check, path)),
    ...others.map(findingOfTrouble),
    ...stronger.map(findingOfVariable),
  ];
  if (given.json) {
    for (const { inTheWay, lines } of findings) if (inTheWay) lines.forEach(terminal.error);
    const told = checks.map(({ part, about, failures, hasAnsweredLast, way }) => ({
      part,
      about,
      failures: failures.map(({ code }) => code),
      ...(hasAnsweredLast === undefined ? {} : { answered_last: hasAnsweredLast }),
      ...(way === undefined ? {} : { proxy: way.proxy, as: way.as }),
    }));
    terminal.out(
      JSON.stringify({
        checks: told,
        environment: stronger,
        accounts: chosen.map((account) => accountJson(account, now)),
      }),
    );
  } else {
    for (const { lines } of findings) lines.forEach(terminal.out);
    const columns = terminal.screen.columns();
    for (const account of chosen) reportOf(account, snapshot, now, columns).forEach(terminal.out);
    if (chosen.length === 0 && snapshot.isFileReadable) {
      if (given.account === null) terminal.out('Signed out');
      else failureLines({ code: 'not-signed-in', id: given.account }).forEach(terminal.out);
    }
  }
  if (!snapshot.isFileReadable || findings.some(({ inTheWay }) => inTheWay)) return EXIT.failed;
  return exitCodeOfAccounts(chosen, now);
}

interface Finding {
  readonly inTheWay: boolean;
  readonly lines: readonly string[];
}

const PARTS: Readonly<Record<Check['part'], string>> = {
  package: 'Latchkey',
  'config-file': 'Config file',
  'data-folder': 'Latchkey’s own folder',
  keychain: 'System keychain',
  'callback-port': 'Callback port',
  'token-host': 'Asked for tokens first:',
  connection: 'Connection to',
};

function findingOf(check: Check, path: (whole: string) => string): Finding {
  const { part, about, failures, hasAnsweredLast, way } = check;
  const named = about === null ? PARTS[part] : `${PARTS[part]} ${path(about)}`;
  const name =
    named + answered(hasAnsweredLast) + (way === undefined ? '' : ` (${describeWay(ENGLISH, way)})`);
  const inTheWay = failures.some(isInTheWay);
  const mark = failures.length === 0 ? '✓' : inTheWay ? '✗' : '⚠';
  return { inTheWay, lines: [`${mark} ${name}`, ...failures.flatMap(explained)] };
}

/** One of no part in particular. */
function findingOfTrouble(trouble: Failure): Finding {
  const inTheWay = isInTheWay(trouble);
  return { inTheWay, lines: markedLines(inTheWay ? '✗' : '⚠', trouble, 'other') };
}

/** One that Claude Code takes before this login. */
function findingOfVariable(name: string): Finding {
  return {
    inTheWay: false,
    lines: [
      `⚠ ${name} is set [environment]`,
      '  Claude Code takes it before this login. `latchkey exec` and `latchkey env` take it away.',
    ],
  };
}

function reportOf(
  account: Account,
  snapshot: Snapshot,
  now: Instant,
  columns: number | null,
): readonly Line[] {
  const troubles = account.troubles.flatMap((trouble) => markedLines('⚠', trouble, 'refresh'));
  return [...accountLines(account, snapshot, now, columns), ...troubles.map((line) => `  ${line}`)];
}

function answered(hasAnsweredLast: boolean | undefined): string {
  if (hasAnsweredLast === undefined) return '';
  return hasAnsweredLast ? ' (it answered last)' : ' (not known to answer yet)';
}

function explained(failure: Failure): readonly string[] {
  const { title, explanation } = failureText(failure, 'other');
  return [`  ${title} [${failure.code}]`, `  ${explanation}`];
}
