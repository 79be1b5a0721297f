import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import { reportOf, type StatusReport } from './status-report.ts';
import type { Terminal } from './terminal.ts';
import { toldAccounts } from './told-accounts.ts';
import { watched } from './watch.ts';

type Told = Pick<Login, 'snapshot' | 'summaryFacts'>;

/** `latchkey status`, once or until it is stopped. */
export async function statusCommand(
  login: Told & Pick<Login, 'catchUp'>,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const report = () => statusReport(login, given, terminal);
  if (given.watch) return watched(login, given, terminal, report);
  const { out, error, code } = await report();
  error.forEach(terminal.error);
  out.forEach(terminal.out);
  return code;
}

async function statusReport(login: Told, given: Arguments, terminal: Terminal): Promise<StatusReport> {
  const { snapshot } = login;
  const chosen = await toldAccounts(login, given.account);
  const columns = terminal.screen.columns();
  return reportOf(snapshot, chosen, given, terminal.now(), columns);
}
