import type { HistoryEvent } from '../domain/history.ts';
import type { Login } from '../login/login.ts';
import { describeEvent } from '../words/history-words.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { EXIT } from './exit-code.ts';
import { failed } from './for-one.ts';
import { idText } from './id-text.ts';
import { localTime } from './local-time.ts';
import { rfc3339 } from '../domain/status-json.ts';
import type { Terminal } from './terminal.ts';

/** `latchkey log`: what happened to the accounts, oldest first; with `--json` a line of JSON for each event. */
export function logCommand(
  { snapshot }: Pick<Login, 'snapshot'>,
  { account, json }: Arguments,
  terminal: Terminal,
): Promise<number> {
  // Who was signed out has a history as well.
  const accounts = [...snapshot.accounts, ...snapshot.formerAccounts];
  const chosen = accounts.filter(({ id }) => account === null || id === account);
  if (chosen.length === 0 && account !== null) {
    return Promise.resolve(failed({ code: 'not-signed-in', id: account }, { snapshot }, terminal));
  }
  const events = chosen
    .flatMap(({ id, history }) => history.map((event) => ({ id, event })))
    .sort((one, other) => one.event.at - other.event.at);
  for (const { id, event } of events) {
    if (json) {
      terminal.out(JSON.stringify(eventJson(id, event)));
      continue;
    }
    const { title, detail } = describeEvent(ENGLISH, event, terminal.now());
    const whose = chosen.length > 1 ? `${idText(id)}: ` : '';
    terminal.out(`${localTime(event.at)}  ${whose}${title}${detail === null ? '' : ` (${detail})`}`);
  }
  return Promise.resolve(EXIT.fine);
}

/** Names and meanings are a contract, as those of `status --json`; what an event tells beside them are its own facts. */
function eventJson(account: string, event: HistoryEvent): object {
  const { at, kind, ...facts } = event;
  const told = 'failure' in facts ? { failure: facts.failure.code } : facts;
  return { version: 1, account, at: rfc3339(at), event: kind, ...told };
}
