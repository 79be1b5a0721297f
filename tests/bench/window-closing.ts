import { setTimeout as sleep } from 'node:timers/promises';
import { closeAppWindow, openWindow } from './app-window.ts';
import { interleave, start } from './apps.ts';
import { median, type Figure } from './figure.ts';
import { pssMegabytes } from './load.ts';
import { signIn } from './signed-in.ts';

const TIMES = 3;
const LIMIT = 1.05;
/** From the icon in the tray to the reading before, in milliseconds: as long as for the idle figure. */
const SETTLING = 10_000;
/** How long the window is open. */
const OPEN = 10_000;
/** From the window's end to the reading after. */
const AFTER = 10_000;

interface Reading {
  readonly megabytes: number;
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
    const read = () => ({ megabytes: pssMegabytes(app), processes: app.processes.length });
    await app.tray();
    await sleep(SETTLING);
    const before = read();
    await openWindow(app, name);
    await sleep(OPEN);
    await closeAppWindow(name);
    await sleep(AFTER);
    return { before, after: read() };
  });
  const growth = median(latchkey.map(({ before, after }) => after.megabytes / before.megabytes));
  const what = `${AFTER / 1000} s after the window was closed, signed in`;
  return [
    {
      what: `Memory (PSS of all processes) ${what}, median of ${TIMES} (before it was opened)`,
      latchkey: memoryWords(latchkey),
      bare: memoryWords(bare),
      limit: `${LIMIT} × before`,
      kept: growth <= LIMIT,
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

function memoryWords(runs: readonly BeforeAndAfter[]): string {
  const words = (pick: (run: BeforeAndAfter) => Reading) =>
    `${median(runs.map((run) => pick(run).megabytes)).toFixed(1)} MB`;
  return `${words(({ after }) => after)} (${words(({ before }) => before)})`;
}

function processWords(runs: readonly BeforeAndAfter[]): string {
  const words = (pick: (run: BeforeAndAfter) => Reading) =>
    String(median(runs.map((run) => pick(run).processes)));
  return `${words(({ after }) => after)} (${words(({ before }) => before)})`;
}
