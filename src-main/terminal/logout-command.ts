import { failureOf } from '../domain/failure.ts';
import { REVOKE_PAGE } from '../domain/revocation.ts';
import type { Login } from '../login/login.ts';
import { describeRevocation } from '../words/revocation-words.ts';
import { ENGLISH } from './english.ts';
import { EXIT } from './exit-code.ts';
import { failed, findAccount, forOne } from './for-one.ts';

/**
 * `latchkey logout`. What the service says is waited for, some seconds at most: this process ends. Whatever it says, the
 * person is signed out here.
 */
export const logoutCommand = forOne(
  async (login: Pick<Login, 'snapshot' | 'signOut'>, id, given, terminal) => {
    if (findAccount(login, id) === null) return failed({ code: 'not-signed-in', id }, login, terminal);
    try {
      const signedOut = await login.signOut(id);
      if (!given.json) terminal.out('Signed out on this machine.');
      const isAsked = login.snapshot.farewell?.revocation.outcome === 'asked';
      if (isAsked && terminal.interactive) terminal.error('Asking Claude to revoke it (5 seconds at most) …');
      const revocation = await signedOut.revocation;
      if (given.json) terminal.out(JSON.stringify({ signed_out: id, revocation }));
      else {
        terminal.out(describeRevocation(ENGLISH, revocation));
        terminal.out(`You can revoke it yourself at ${REVOKE_PAGE}`);
      }
    } catch (error) {
      return failed(failureOf(error), login, terminal);
    }
    return EXIT.fine;
  },
);
