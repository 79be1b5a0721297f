import { failureOf, type Failure } from '../domain/failure.ts';
import { MINUTE } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLostEntry } from '../domain/whereabouts.ts';
import type { Login } from '../login/login.ts';
import type { RefreshOutcome } from '../login/upkeep/refresh-run.ts';
import { describeFailure } from '../words/failure-words.ts';
import { describeAccount } from '../words/account-words.ts';
import { accountMeant, choiceLines } from './account-meant.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { EXIT, exitCodeOf, exitCodeOfAccounts } from './exit-code.ts';
import { loginCommand } from './login-command.ts';
import { failureLines, markedLines } from './sign-in-report.ts';
import { accountJson, accountLines, rfc3339, storedLine } from './status.ts';
import { ENGLISH, type Terminal } from './terminal.ts';
import { toldAccounts } from './told-accounts.ts';

/** How long a token has to last to be handed out. */
const LASTING = MINUTE;

/** Every command by its name, in the order of the usage. */
export const commands = {
  login: {
    does: 'sign in with Claude in the browser',
    run: forOne(async (login, id, given, terminal) => {
      const code = await loginCommand(login, id, {
        ...terminal,
        out: given.json ? terminal.error : terminal.out,
      });
      const account = find(login, login.snapshot.signIn?.place?.id ?? id);
      if (given.json && code === EXIT.fine && account !== null) {
        terminal.out(JSON.stringify(accountJson(account, terminal.now())));
      }
      return code;
    }),
  },

  status: {
    does: 'tell who is signed in, and until when',
    run: async (login: Login, given: Arguments, terminal: Terminal) => {
      const now = terminal.now();
      const chosen = await toldAccounts(login, given.account);
      const { snapshot } = login;
      const tellTroubles = () =>
        snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')).forEach(terminal.error);
      // What keeps anybody from telling more comes before what can be told.
      if (!snapshot.isFileReadable) tellTroubles();
      if (given.json) {
        terminal.out(JSON.stringify({ accounts: chosen.map((account) => accountJson(account, now)) }));
      } else {
        for (const account of chosen) {
          accountLines(account, snapshot, now).forEach(terminal.out);
          for (const trouble of account.troubles) {
            terminal.out(`  ⚠ ${describeFailure(ENGLISH, trouble, 'refresh').title} [${trouble.code}]`);
          }
        }
      }
      if (!snapshot.isFileReadable) return EXIT.failed;
      if (!given.json && chosen.length === 0) {
        if (given.account === null) terminal.out('Signed out');
        else failureLines({ code: 'not-signed-in', id: given.account }).forEach(terminal.error);
      }
      tellTroubles();
      return exitCodeOfAccounts(chosen, now);
    },
  },

  token: {
    does: 'print an access token that lasts at least a minute',
    run: forOne(async (login, id, given, terminal) => {
      try {
        const token = await login.accessToken(id, LASTING);
        const expiresAt = rfc3339(find(login, id)?.accessExpiresAt ?? null);
        terminal.out(
          given.json ? JSON.stringify({ access_token: token, access_expires_at: expiresAt }) : token,
        );
        return EXIT.fine;
      } catch (error) {
        return failed(failureOf(error), login, terminal);
      }
    }),
  },

  refresh: {
    does: 'renew the access token now',
    run: forOne(async (login, id, given, terminal) => {
      const outcome = await login.refresh(id);
      const account = find(login, id);
      if (outcome.kind === 'refused') return failed(outcome.failure, login, terminal);
      if (outcome.kind === 'entry-lost') {
        const loss = account?.troubles.find(isLostEntry);
        return failed(loss ?? { code: 'not-signed-in', id }, login, terminal);
      }
      const expiresAt = account?.accessExpiresAt ?? null;
      if (given.json) {
        terminal.out(JSON.stringify({ outcome: outcome.kind, access_expires_at: rfc3339(expiresAt) }));
      } else if (account !== null) {
        const { access } = describeAccount(ENGLISH, account, terminal.now());
        terminal.out(`${renewedWords(outcome.kind, account)}. ${access}.`);
      }
      if (outcome.kind === 'refreshed' && outcome.failure !== null) {
        markedLines('⚠', outcome.failure, 'refresh').forEach(terminal.error);
        // Not into the file: then it is told where it is instead, if anywhere but in this process.
        if (account !== null && account.whereabouts !== 'config-file') {
          terminal.error(storedLine(account, login.snapshot));
        }
      }
      return EXIT.fine;
    }),
  },

  logout: {
    does: 'forget the login on this machine',
    run: forOne(async (login, id, given, terminal) => {
      if (find(login, id) === null) return failed({ code: 'not-signed-in', id }, login, terminal);
      try {
        await login.signOut(id);
      } catch (error) {
        return failed(failureOf(error), login, terminal);
      }
      if (given.json) terminal.out(JSON.stringify({ signed_out: id }));
      else {
        terminal.out('Signed out on this machine.');
        terminal.out('To end the login everywhere, revoke it at https://claude.ai/settings');
      }
      return EXIT.fine;
    }),
  },

  doctor: { does: 'look at everything a login depends on', run: doctorCommand },
} satisfies Readonly<Record<string, Command>>;

// Those of the object itself, for certain.
export const COMMAND_NAMES = Object.keys(commands) as (keyof typeof commands)[];

/** A command about one account, which need not be named where there is no choice. */
function forOne(
  run: (login: Login, id: string, given: Arguments, terminal: Terminal) => Promise<number>,
): Command['run'] {
  return async (login, given, terminal) => {
    const { accounts, isFileReadable } = login.snapshot;
    const id = accountMeant(given.account, accounts);
    if (id !== null) return run(login, id, given, terminal);
    // Which ids a file has that cannot be read nobody knows.
    if (!isFileReadable) return cannotTell(login, terminal);
    choiceLines(accounts).forEach(terminal.error);
    return EXIT.wrongUse;
  };
}

function find(login: Login, id: string): Account | null {
  return login.snapshot.accounts.find((account) => account.id === id) ?? null;
}

function renewedWords(
  outcome: Exclude<RefreshOutcome['kind'], 'refused' | 'entry-lost'>,
  { history }: Account,
): string {
  switch (outcome) {
    case 'refreshed':
      return 'Renewed';
    case 'fresh':
      // Taken over when this command began, perhaps.
      return history.at(-1)?.kind === 'adopted' ? BY_ANOTHER : 'Renewed a moment ago';
    case 'adopted':
      return BY_ANOTHER;
  }
}

const BY_ANOTHER = 'Renewed already, by another program';

/** Answers the exit code. */
function failed(failure: Failure, login: Login, terminal: Terminal): number {
  const code = exitCodeOf(failure);
  // A script would start a sign-in, over a login that may be in the file.
  if (code === EXIT.needsSignIn && !login.snapshot.isFileReadable) return cannotTell(login, terminal);
  failureLines(failure, 'refresh').forEach(terminal.error);
  return code;
}

/** The config file cannot be read: says why. Answers the exit code. */
function cannotTell(login: Login, terminal: Terminal): number {
  login.snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')).forEach(terminal.error);
  return EXIT.failed;
}
