import { failureOf } from '../domain/failure.ts';
import { isStorage } from '../domain/storage.ts';
import type { Login } from '../login/login.ts';
import { EXIT } from './exit-code.ts';
import { failed, findAccount, forOne } from './for-one.ts';
import { accountJson } from '../domain/status-json.ts';
import { storedLine } from './status.ts';

/** `latchkey storage`: tells where an account's secrets lie, or moves them there. */
export const storageCommand = forOne(
  async (login: Pick<Login, 'snapshot' | 'storage'>, id, { json, operands: [wanted] }, terminal) => {
    if (findAccount(login, id) === null) return failed({ code: 'not-signed-in', id }, login, terminal);
    if (wanted !== undefined && isStorage(wanted)) {
      try {
        await login.storage.move(id, wanted);
      } catch (error) {
        return failed(failureOf(error), login, terminal);
      }
    }
    const account = findAccount(login, id);
    if (account === null) return failed({ code: 'not-signed-in', id }, login, terminal);
    const { storage } = accountJson(account, terminal.now());
    terminal.out(json ? JSON.stringify({ id, storage }) : storedLine(account, login.snapshot).trim());
    return EXIT.fine;
  },
);
