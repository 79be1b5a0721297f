import { statSync } from 'node:fs';
import { SECOND } from '../domain/instant.ts';
import type { Login } from '../login/login.ts';
import type { Arguments } from './arguments.ts';
import { EXIT } from './exit-code.ts';
import { painted } from './line.ts';
import type { StatusReport } from './status-report.ts';
import type { Terminal } from './terminal.ts';

/** As often as a minute that ends, or another program's change, is to show. */
const TICK = SECOND;

/** Xterm Control Sequences: the other screen, without a cursor, and without lines that go on in the next row. */
const BEGIN = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const END = '\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_SCREEN = '\x1b[J';

/**
 * Tells a report again whenever it changes, until a signal: in place on a terminal, which has its own text back then; else
 * one after another. What other programs did is noticed; nothing is renewed.
 */
export async function watched(
  login: Pick<Login, 'snapshot' | 'catchUp'>,
  { json }: Pick<Arguments, 'json'>,
  terminal: Terminal,
  report: () => Promise<StatusReport>,
): Promise<number> {
  const inPlace = terminal.screen.isTerminal && !json;
  const look = terminal.screen;
  let told = '';
  let seen = '';
  let code: number = EXIT.fine;
  const tick = async () => {
    const now = traceOf(login.snapshot.surroundings.configFile);
    if (now !== seen && seen !== '') await login.catchUp();
    seen = now;
    const { out, error, code: present } = await report();
    code = present;
    const lines = inPlace ? [...error, ...out] : out;
    const text = lines.map((line) => painted(line, look)).join('\n');
    if (text === told) return;
    told = text;
    if (inPlace) {
      terminal.draw(HOME + text.replaceAll('\n', `${REST_OF_LINE}\r\n`) + REST_OF_LINE + REST_OF_SCREEN);
    } else {
      error.forEach(terminal.error);
      out.forEach(terminal.out);
    }
  };
  if (inPlace) terminal.draw(BEGIN);
  try {
    await ticking(tick, terminal);
  } finally {
    if (inPlace) terminal.draw(END);
  }
  return code;
}

/** Until a signal comes, or nobody reads any more. */
async function ticking(tick: () => Promise<void>, { isRead }: Pick<Terminal, 'isRead'>): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<'stop'>();
  const stop = () => resolve('stop');
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    for (;;) {
      await tick();
      if (!isRead()) return;
      let timer: NodeJS.Timeout | undefined;
      const ticked = new Promise<'tick'>((done) => (timer = setTimeout(() => done('tick'), TICK)));
      if ((await Promise.race([stopped, ticked])) === 'stop') return;
      clearTimeout(timer);
    }
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** What changes with a file. */
function traceOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}
