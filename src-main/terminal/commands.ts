import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import { MINUTE } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import type { Login } from '../login/login.ts';
import { describeAccount } from '../words/snapshot-words.ts';
import { tilde } from '../words/tilde.ts';
import type { Arguments, CommandName } from './arguments.ts';
import { doctorCommand } from './doctor-command.ts';
import { EXIT, exitCodeOf, exitCodeOfAccounts } from './exit-code.ts';
import { loginCommand } from './login-command.ts';
import { failureLines } from './sign-in-report.ts';
import { accountJson, accountLines, rfc3339 } from './status.ts';
import { ENGLISH, type Terminal } from './terminal.ts';

/** How long a token has to last to be handed out. */
const LASTING = MINUTE;

type Command = (login: Login, given: Arguments, terminal: Terminal) => Promise<number>;

/** Each answers its exit code. Standard output holds only the answer. */
export const commands: Readonly<Record<CommandName, Command>> = {
  login: async (login, given, terminal) => {
    const code = await loginCommand(login, given.account ?? DEFAULT_CREDENTIAL_ID, {
      ...terminal,
      out: given.json ? terminal.error : terminal.out,
    });
    const account = find(login, { ...given, account: login.snapshot.signIn?.place?.id ?? given.account });
    if (given.json && code === EXIT.fine && account !== null) {
      terminal.out(JSON.stringify(accountJson(account, terminal.now())));
    }
    return code;
  },

  status: (login, given, terminal) => {
    const now = terminal.now();
    const { accounts, surroundings } = login.snapshot;
    const chosen = accounts.filter(({ id }) => given.account === null || id === given.account);
    const configFile = tilde(surroundings.configFile, surroundings.home);
    if (given.json) {
      terminal.out(JSON.stringify({ accounts: chosen.map((account) => accountJson(account, now)) }));
    } else if (given.account !== null && chosen.length === 0) {
      failureLines({ code: 'not-signed-in', id: given.account }).forEach(terminal.error);
    } else if (chosen.length === 0) terminal.out('Signed out');
    else chosen.flatMap((account) => accountLines(account, configFile, now)).forEach(terminal.out);
    login.snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')).forEach(terminal.error);
    return Promise.resolve(exitCodeOfAccounts(chosen, now));
  },

  token: async (login, given, terminal) => {
    const id = given.account ?? DEFAULT_CREDENTIAL_ID;
    try {
      const token = await login.accessToken(id, LASTING);
      const expiresAt = rfc3339(find(login, given)?.accessExpiresAt ?? null);
      terminal.out(
        given.json ? JSON.stringify({ access_token: token, access_expires_at: expiresAt }) : token,
      );
      return EXIT.fine;
    } catch (error) {
      return failed(failureOf(error), terminal);
    }
  },

  refresh: async (login, given, terminal) => {
    const outcome = await login.refresh(given.account ?? DEFAULT_CREDENTIAL_ID);
    const account = find(login, given);
    if (outcome.kind === 'refused') return failed(outcome.failure, terminal);
    const loss = account?.troubles[0];
    if (outcome.kind === 'entry-lost' && loss !== undefined) return failed(loss, terminal);
    const expiresAt = account?.accessExpiresAt ?? null;
    if (given.json) {
      terminal.out(JSON.stringify({ outcome: outcome.kind, access_expires_at: rfc3339(expiresAt) }));
    } else if (account !== null) {
      const done = outcome.kind === 'refreshed' ? 'Renewed' : 'Renewed already, by another program';
      terminal.out(`${done}. ${describeAccount(ENGLISH, account, terminal.now()).access}.`);
    }
    if (outcome.kind === 'refreshed' && outcome.failure !== null) warn(outcome.failure, terminal);
    return EXIT.fine;
  },

  logout: async (login, given, terminal) => {
    const id = given.account ?? DEFAULT_CREDENTIAL_ID;
    if (find(login, given) === null) return failed({ code: 'not-signed-in', id }, terminal);
    try {
      await login.signOut(id);
    } catch (error) {
      return failed(failureOf(error), terminal);
    }
    if (given.json) terminal.out(JSON.stringify({ signed_out: id }));
    else {
      terminal.out('Signed out on this machine.');
      terminal.out('To end the login everywhere, revoke it at https://claude.ai/settings');
    }
    return EXIT.fine;
  },

  doctor: doctorCommand,
};

function find(login: Login, { account }: Arguments): Account | null {
  return login.snapshot.accounts.find(({ id }) => id === (account ?? DEFAULT_CREDENTIAL_ID)) ?? null;
}

function failed(failure: Failure, terminal: Terminal): number {
  warn(failure, terminal);
  return exitCodeOf(failure);
}

function warn(failure: Failure, terminal: Terminal): void {
  failureLines(failure, 'refresh').forEach(terminal.error);
}
