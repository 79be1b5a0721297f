import { MINUTE } from '../domain/instant.ts';
import type { Login } from '../login/login.ts';
import type { ServingPlace } from '../login/serving/serving-desk.ts';
import { agentTroubles } from './agent-troubles.ts';
import type { Arguments } from './arguments.ts';
import { EXIT } from './exit-code.ts';
import { failureLines, markedLines } from './failure-lines.ts';
import { isATerminal } from './screen.ts';
import type { Terminal } from './terminal.ts';

const NOBODY_TO_ASK = '⚠ “Ask me each time” is on, and here nobody can be asked: nobody gets a token.';

/** sd_listen_fds(3): the first one that is handed on. */
const FIRST_FD = 3;

/** `latchkey agent`: keeps the logins alive and serves their tokens, until a signal. */
export async function agentCommand(
  login: Pick<Login, 'snapshot' | 'subscribe' | 'keep' | 'look' | 'serving'>,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<null>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(null));
  // What writes to files was started to outlive its terminal (`nohup`, which leaves standard input alone on a Mac), and Node
  // takes no notice of what it was told to ignore.
  const hasTerminal = [1, 2].some(isATerminal);
  process.on('SIGHUP', () => {
    if (hasTerminal) stop(null);
  });
  const place = placeOf(given.socket, login.serving.path, terminal.variables);
  login.keep();
  // Nobody tells a command that the machine has slept, nor that the clock was set, and timers stand still in sleep.
  setInterval(() => login.look(), MINUTE).unref();
  await login.serving.open(place);
  const { failure = null } = login.snapshot.serving ?? {};
  if (failure?.code === 'agent-elsewhere') markedLines('⚠', failure, 'other').forEach(terminal.error);
  else if (failure !== null) {
    failureLines(failure, 'other').forEach(terminal.error);
    return EXIT.failed;
  }
  if (login.snapshot.settings.agent.ask) terminal.error(NOBODY_TO_ASK);
  terminal.out(`LATCHKEY_AGENT=${place.path}`);
  const tell = agentTroubles(terminal);
  tell(login.snapshot);
  login.subscribe(tell);
  await stopped;
  return EXIT.fine;
}

/** Where to serve: on the socket that a service manager has opened, if it did so for this process. */
export function placeOf(
  typed: string | null,
  usual: string,
  variables: Readonly<Record<string, string | undefined>>,
  pid = process.pid,
): ServingPlace {
  const isHandedOn =
    variables['LISTEN_PID'] === String(pid) && /^[1-9]\d*$/.test(variables['LISTEN_FDS'] ?? '');
  return { path: typed ?? usual, fd: isHandedOn ? FIRST_FD : null };
}
