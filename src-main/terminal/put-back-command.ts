import { failureOf, type FailureCode } from '../domain/failure.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLostEntry, type LostEntry } from '../domain/whereabouts.ts';
import type { Login } from '../login/login.ts';
import { EXIT } from './exit-code.ts';
import { failed, findAccount, forOne } from './for-one.ts';
import { idText } from './id-text.ts';

/** The login is over, or what renews it is gone, or nobody can tell. */
const MAY_BE_LOST: readonly FailureCode[] = [
  'grant-refused',
  'answer-lost',
  'secret-missing',
  'secret-locked',
];

/** `latchkey put-back`: the window's *Put it back*, where there is no window. */
export const putBackCommand = forOne(
  async (login: Pick<Login, 'snapshot' | 'putBack'>, id, { json }, terminal) => {
    const before = findAccount(login, id);
    if (before === null || !login.snapshot.isFileReadable) {
      return failed({ code: 'not-signed-in', id }, login, terminal);
    }
    try {
      await login.putBack(id);
    } catch (error) {
      return failed(failureOf(error), login, terminal);
    }
    const loss = lossOf(findAccount(login, id));
    if (loss !== null) return failed(loss, login, terminal);
    const isPutBack = lossOf(before) !== null;
    // Its entry is in its place, and that is all that can be said of it.
    const trouble = isPutBack ? undefined : before.troubles.find(({ code }) => MAY_BE_LOST.includes(code));
    if (trouble !== undefined) return failed(trouble, login, terminal);
    // What took its place among them, where that may live.
    const offered = login.snapshot.accounts.filter((account) => lossOf(account)?.copy === true);
    if (json) {
      terminal.out(JSON.stringify({ id, put_back: isPutBack, offered: offered.map((each) => each.id) }));
    } else {
      terminal.out(isPutBack ? 'Put back into the config file.' : 'Nothing of it is lost.');
      for (const each of offered) {
        terminal.error(`Kept, and not in the config file: latchkey put-back --account=${idText(each.id)}`);
      }
    }
    return EXIT.fine;
  },
);

function lossOf(account: Account | null): LostEntry | null {
  return account?.troubles.find(isLostEntry) ?? null;
}
