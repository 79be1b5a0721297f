import { accountMeant } from '../domain/account-meant.ts';
import type { Failure } from '../domain/failure.ts';
import type { Account } from '../domain/snapshot.ts';
import type { Login } from '../login/login.ts';
import { choiceLines } from './account-meant.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { failureLines } from './failure-lines.ts';
import type { Terminal } from './terminal.ts';

type Run<Ports> = (login: Ports, given: Arguments, terminal: Terminal) => Promise<number>;

/** A command about one account, which need not be named where there is no choice. */
export function forOne<Ports extends Pick<Login, 'snapshot'>>(
  run: (login: Ports, id: string, given: Arguments, terminal: Terminal) => Promise<number>,
): Run<Ports> {
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

export function findAccount(login: Pick<Login, 'snapshot'>, id: string): Account | null {
  return login.snapshot.accounts.find((account) => account.id === id) ?? null;
}

/** Says why a command failed. Answers the exit code. */
export function failed(failure: Failure, login: Pick<Login, 'snapshot'>, terminal: Terminal): number {
  const code = exitCodeOf(failure);
  // A script would start a sign-in, over a login that may be in the file.
  if (code === EXIT.needsSignIn && !login.snapshot.isFileReadable) return cannotTell(login, terminal);
  failureLines(failure, 'refresh').forEach(terminal.error);
  return code;
}

/** The config file cannot be read: says why. Answers the exit code. */
function cannotTell(login: Pick<Login, 'snapshot'>, terminal: Terminal): number {
  login.snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')).forEach(terminal.error);
  return EXIT.failed;
}
