import { askAgent, type AgentAnswer } from '../agent/client.ts';
import { failureOf, FailureError } from '../domain/failure.ts';
import { SECOND, type Instant } from '../domain/instant.ts';
import { parseRfc3339 } from '../domain/rfc3339.ts';
import type { AccountJson } from '../domain/status-json.ts';
import type { AgentFor } from './agent-variable.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { putIntoEnvironment } from './env-command.ts';
import { runWithToken } from './exec-command.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { failureLines } from './failure-lines.ts';
import { warnOfShortLife, type HandOut } from './hand-out.ts';
import { LASTING } from './lasting.ts';
import type { Terminal } from './terminal.ts';
import { printToken } from './token-command.ts';

const HANDS_OUT: Readonly<Record<Exclude<AgentFor['name'], 'status'>, HandOut>> = {
  token: printToken,
  exec: runWithToken,
  env: putIntoEnvironment,
};

/** Answers a command by asking an agent: no file, no keychain and no network is touched here. */
export async function overAgent(
  { name, path }: AgentFor,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  if (given.as === 'key') {
    terminal.error('✗ An agent serves no API keys: not with LATCHKEY_AGENT');
    return EXIT.wrongUse;
  }
  try {
    if (name === 'status') return await status(path, given, terminal);
    return await token(HANDS_OUT[name], path, given, terminal);
  } catch (error) {
    const failure = failureOf(error);
    failureLines(failure, 'other').forEach(terminal.error);
    return exitCodeOf(failure);
  }
}

async function token(handOut: HandOut, path: string, given: Arguments, terminal: Terminal): Promise<number> {
  const asked = new URLSearchParams();
  if (given.account !== null) asked.set('account', given.account);
  asked.set('lasting', String(Math.ceil((given.lasting ?? LASTING) / SECOND)));
  const answer = await askAgent(path, `/v1/token?${asked.toString()}`);
  if (answer.status !== 200) return refused(answer, terminal);
  const { account, access_token: accessToken, access_expires_at: end } = objectOf(answer.body, path);
  // It goes into lines for a shell, and environments: nothing else is a token.
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(accessToken)) throw notAnAgent(path);
  const expiresAt = instantOf(end);
  warnOfShortLife(expiresAt, given, terminal);
  const facts = { id: typeof account === 'string' ? account : '', expiresAt };
  return handOut(accessToken, facts, given, terminal, { stop: () => Promise.resolve() });
}

async function status(path: string, given: Arguments, terminal: Terminal): Promise<number> {
  if (given.watch) {
    terminal.error('✗ --watch looks at the files of this machine: not with LATCHKEY_AGENT');
    return EXIT.wrongUse;
  }
  const answer = await askAgent(path, '/v1/status');
  if (answer.status !== 200) return refused(answer, terminal);
  const body = objectOf(answer.body, path);
  if (!Array.isArray(body['accounts'])) throw notAnAgent(path);
  const all = body['accounts'].map((each) => accountFrom(each, path));
  const chosen = all.filter(({ id }) => given.account === null || id === given.account);
  const isFine = chosen.length > 0 && chosen.every(({ standing }) => standing !== 'needs-sign-in');
  if (given.json) terminal.out(JSON.stringify({ ...body, accounts: chosen }));
  else tellPeople(chosen, path, given, terminal);
  return isFine ? EXIT.fine : EXIT.needsSignIn;
}

function tellPeople(
  chosen: readonly AccountJson[],
  path: string,
  { account: named }: Arguments,
  terminal: Terminal,
): void {
  const now = terminal.now();
  if (chosen.length === 0) {
    if (named === null) terminal.out('Signed out');
    else failureLines({ code: 'not-signed-in', id: named }).forEach(terminal.error);
  }
  for (const account of chosen) {
    accountLines(account, now).forEach(terminal.out);
    terminal.out(`  Served by: ${path}`);
  }
}

/** Who it is, and both clocks. */
function accountLines(told: AccountJson, now: Instant): readonly string[] {
  const { account: words, format } = ENGLISH;
  const who = told.email ?? told.id;
  const [access, login] = [instantOf(told.access_expires_at), instantOf(told.login_expires_at)];
  return [
    told.standing === 'needs-sign-in' ? words.signInAgainAs(who) : words.signedInAs(who),
    ...(access === null ? [] : [`  ${words.access.until(format.instant(access, now))}`]),
    ...(login === null ? [] : [`  ${words.login.until(format.day(login, now))}`]),
  ];
}

function accountFrom(value: unknown, path: string): AccountJson {
  const told = objectOf(value, path);
  const text = (name: string) => (typeof told[name] === 'string' ? told[name] : null);
  const [id, standing] = [text('id'), text('standing')];
  if (id === null || standing === null) throw notAnAgent(path);
  return {
    ...told,
    id,
    standing,
    access_expires_at: text('access_expires_at'),
    login_expires_at: text('login_expires_at'),
    email: text('email'),
    organization: text('organization'),
    storage: text('storage'),
  };
}

/** In the agent's own words. */
function refused({ status: httpStatus, body }: AgentAnswer, terminal: Terminal): number {
  const { code, title, detail } = (body ?? {}) as Readonly<Record<string, unknown>>;
  terminal.error('');
  terminal.error(`✗ ${String(title)} [${String(code)}]`);
  terminal.error(`  ${String(detail)}`);
  if (code === 'agent-request') return EXIT.wrongUse;
  return httpStatus === 404 || httpStatus === 409 ? EXIT.needsSignIn : EXIT.failed;
}

function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw notAnAgent(path);
  return value as Readonly<Record<string, unknown>>;
}

function instantOf(value: unknown): Instant | null {
  return typeof value === 'string' ? parseRfc3339(value) : null;
}

function notAnAgent(path: string): FailureError {
  return new FailureError({ code: 'agent-unreachable', path, reason: 'not-an-agent' });
}
