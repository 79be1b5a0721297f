import { failureOf } from '../domain/failure.ts';
import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { failed, findAccount, forOne } from './for-one.ts';
import { LASTING } from './lasting.ts';
import type { Terminal } from './terminal.ts';

/** What a command needs to hand a token out. */
export type TokenSource = Pick<Login, 'snapshot' | 'accessToken' | 'stop'>;

/**
 * A command that hands an access token out, renewed first where less is left than was asked for. Where the service gives
 * none that lasts so long, that is told, and the token handed out all the same.
 */
export function handingOut(
  to: (
    token: string,
    facts: { readonly id: string; readonly expiresAt: number | null },
    given: Arguments,
    terminal: Terminal,
    login: TokenSource,
  ) => number | Promise<number>,
) {
  return forOne(async (login: TokenSource, id, given, terminal) => {
    const lasting = given.lasting ?? LASTING;
    let token: string;
    try {
      token = await login.accessToken(id, lasting);
    } catch (error) {
      return failed(failureOf(error), login, terminal);
    }
    const expiresAt = findAccount(login, id)?.accessExpiresAt ?? null;
    const left = expiresAt === null ? Infinity : expiresAt - terminal.now();
    if (given.lasting !== null && left < lasting) {
      const { format } = ENGLISH;
      terminal.error(`⚠ The token lasts ${format.duration(left)}, not ${format.duration(lasting)}.`);
    }
    return to(token, { id, expiresAt }, given, terminal, login);
  });
}
