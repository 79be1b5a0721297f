import type { Failure } from '../domain/failure.ts';
import { loginEnd, refusalsInARow } from '../domain/history.ts';
import { endOf } from '../domain/refusal.ts';
import type { Account } from '../domain/snapshot.ts';
import { isLostEntry } from '../domain/whereabouts.ts';
import type { Login } from '../login/login.ts';
import type { RefreshOutcome } from '../login/upkeep/refresh-run.ts';
import { describeAccount } from '../words/account-words.ts';
import { ENGLISH } from './english.ts';
import { EXIT } from './exit-code.ts';
import { failed, findAccount, forOne } from './for-one.ts';
import { markedLines } from './failure-lines.ts';
import { rfc3339 } from '../domain/status-json.ts';
import { storedLine } from './status.ts';

/** `latchkey refresh`. */
export const refreshCommand = forOne(
  async (login: Pick<Login, 'snapshot' | 'refresh'>, id, given, terminal) => {
    const lost = lostForGood(findAccount(login, id));
    // A program that runs by the clock would present again and again what may be spent.
    if (lost !== null && !terminal.interactive) return failed(lost, login, terminal);
    const outcome = await login.refresh(id);
    const account = findAccount(login, id);
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
    // By that clock is the end which every other program reads.
    const clockOff = account?.troubles.find(({ code }) => code === 'clock-off');
    if (clockOff !== undefined) markedLines('⚠', clockOff, 'refresh').forEach(terminal.error);
    return EXIT.fine;
  },
);

/** The answer that got lost where nothing is tried again unless a person wants it; `null`: nothing is in the way. */
function lostForGood(account: Account | null): Failure | null {
  const history = account?.history ?? [];
  if (loginEnd(history) !== 'uncertain') return null;
  return refusalsInARow(history).findLast(({ failure }) => endOf(failure) === 'uncertain')?.failure ?? null;
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
