import { setTimeout as sleep } from 'node:timers/promises';
import { closeAppWindow, openWindow } from './app-window.ts';
import { interleave, start } from './apps.ts';
import { median, type Figure } from './figure.ts';
import { memoryOf, type Memory } from './load.ts';
import { signIn } from './signed-in.ts';

const TIMES = 3;
const LIMIT = 1.05;
/** From the icon in the tray to the reading before, in milliseconds: as long as for the idle figure. */
const SETTLING = 10_000;
/** How long the window is open. */
const OPEN = 10_000;
/** From the window's end to the reading after: V8 tidies up half a minute after it was last used. */
const AFTER = 45_000;

interface Reading {
  readonly memory: Memory;
  readonly processes: number;
}

interface BeforeAndAfter {
  readonly before: Reading;
  readonly after: Reading;
}

/** Whether a window that was opened and closed leaves anything behind, against the same run before it was opened. */
export async function measureClosing(): Promise<readonly Figure[]> {
  await using login = await signIn();
  const { latchkey, bare } = await interleave(TIMES, async (name): Promise<BeforeAndAfter> => {
    await using app = start(name, login.environment);
    const read = () => ({ memory: memoryOf(app), processes: app.processes.length });
    await app.tray();
    await sleep(SETTLING);
    const before = read();
    await openWindow(app, name);
    await sleep(OPEN);
    await closeAppWindow(name);
    await sleep(AFTER);
    return { before, after: read() };
  });
  const what = `${AFTER / 1000} s after the window was closed, signed in`;
  const growth = (runs: readonly BeforeAndAfter[], kind: keyof Memory) =>
    median(runs.map(({ before, after }) => after.memory[kind] / before.memory[kind]));
  return [
    {
      what: `Memory of the app's own (PSS of all processes without pages of files) ${what}, median of ${TIMES} (before it was opened)`,
      latchkey: memoryWords(latchkey, 'own'),
      bare: memoryWords(bare, 'own'),
      limit: `${LIMIT} × before`,
      kept: growth(latchkey, 'own') <= LIMIT,
    },
    {
      what: `The same with pages of files, nearly all of them Electron's, which the system keeps while it has room`,
      latchkey: memoryWords(latchkey, 'all'),
      bare: memoryWords(bare, 'all'),
      limit: `${LIMIT} × before`,
      kept: growth(latchkey, 'all') <= LIMIT,
      keptByBare: growth(bare, 'all') <= LIMIT,
    },
    {
      what: `Processes ${what} (before it was opened)`,
      latchkey: processWords(latchkey),
      bare: processWords(bare),
      limit: 'as before',
      kept: latchkey.every(({ before, after }) => after.processes === before.processes),
    },
  ];
}

function memoryWords(runs: readonly BeforeAndAfter[], kind: keyof Memory): string {
  const words = (pick: (run: BeforeAndAfter) => Reading) =>
    `${median(runs.map((run) => pick(run).memory[kind])).toFixed(1)} MB`;
  return `${words(({ after }) => after)} (${words(({ before }) => before)})`;
}

function processWords(runs: readonly BeforeAndAfter[]): string {
  const words = (pick: (run: BeforeAndAfter) => Reading) =>
    String(median(runs.map((run) => pick(run).processes)));
  return `${words(({ after }) => after)} (${words(({ before }) => before)})`;
}
