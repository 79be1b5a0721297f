import { failureOf } from '../domain/failure.ts';
import type { Login } from '../login/login.ts';
import { EXIT } from './exit-code.ts';
import { failed, findAccount, forOne } from './for-one.ts';

/** `latchkey logout`. */
export const logoutCommand = forOne(
  async (login: Pick<Login, 'snapshot' | 'signOut'>, id, given, terminal) => {
    if (findAccount(login, id) === null) return failed({ code: 'not-signed-in', id }, login, terminal);
    try {
      await login.signOut(id);
    } catch (error) {
      return failed(failureOf(error), login, terminal);
    }
    if (given.json) terminal.out(JSON.stringify({ signed_out: id }));
    else {
      terminal.out('Signed out on this machine.');
      terminal.out('To end the sign-in everywhere, revoke it at https://claude.ai/settings');
    }
    return EXIT.fine;
  },
);
