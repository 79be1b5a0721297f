import { failureOf } from '../domain/failure.ts';
import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { failureLines } from './failure-lines.ts';
import { failed, findAccount, forOne } from './for-one.ts';
import { LASTING } from './lasting.ts';
import type { Terminal } from './terminal.ts';

/** What a command needs to hand a token out. */
export type TokenSource = Pick<Login, 'snapshot' | 'accessToken' | 'keys' | 'stop'>;

/** Who a token is handed to, once it is there. Answers the exit code. */
export type HandOut = (
  token: string,
  facts: { readonly id: string; readonly expiresAt: number | null },
  given: Arguments,
  terminal: Terminal,
  login: Pick<Login, 'stop'>,
) => number | Promise<number>;

/**
 * A command that hands an access token out, renewed first where less is left than was asked for. Where the service gives
 * none that lasts so long, that is told, and the token handed out all the same.
 */
export function handingOut(to: HandOut) {
  const token = forOne(async (login: TokenSource, id, given, terminal) => {
    let accessToken: string;
    try {
      accessToken = await login.accessToken(id, given.lasting ?? LASTING);
    } catch (error) {
      return failed(failureOf(error), login, terminal);
    }
    const expiresAt = findAccount(login, id)?.accessExpiresAt ?? null;
    warnOfShortLife(expiresAt, given, terminal);
    return to(accessToken, { id, expiresAt }, given, terminal, login);
  });
  return async (login: TokenSource, given: Arguments, terminal: Terminal) =>
    given.as === 'key' ? handKeyOut(to, login, given, terminal) : token(login, given, terminal);
}

/** The API key is no account's, and has no end. */
async function handKeyOut(
  to: HandOut,
  login: TokenSource,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  if (given.account !== null) {
    terminal.error('✗ An API key belongs to no account: not with --account');
    return EXIT.wrongUse;
  }
  try {
    return await to(await login.keys.read(), { id: '', expiresAt: null }, given, terminal, login);
  } catch (error) {
    const failure = failureOf(error);
    failureLines(failure, 'other').forEach(terminal.error);
    return exitCodeOf(failure);
  }
}

export function warnOfShortLife(
  expiresAt: number | null,
  { lasting }: Pick<Arguments, 'lasting'>,
  terminal: Pick<Terminal, 'error' | 'now'>,
): void {
  const left = expiresAt === null ? Infinity : expiresAt - terminal.now();
  if (lasting === null || left >= lasting) return;
  const { format } = ENGLISH;
  terminal.error(`⚠ The token lasts ${format.duration(left)}, not ${format.duration(lasting)}.`);
}
