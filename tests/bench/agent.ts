import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SETTINGS } from '../../src-main/domain/settings.ts';
import type { RunningApp } from '../support/desktop/app.ts';
import { until } from '../support/desktop/until.ts';
import { ask } from '../support/agent/ask.ts';
import { start } from './apps.ts';
import { BusLine } from './bus-line.ts';
import { median, percentile, type Figure } from './figure.ts';
import { memoryOf } from './load.ts';
import { signIn } from './signed-in.ts';

const TIMES = 5;
/** From the icon in the tray to the reading of memory, in milliseconds. */
const SETTLING = 10_000;
/** A hundred thousand; between two parts of them the tray is asked in quiet, so that what else the machine does strikes both alike. */
const PARTS = 10;
const PART = 10_000;
const ASKED_IN_QUIET = 50;
/** Between two questions to the tray. */
const PAUSE = 10;
const ROUNDS = 5;
const AT_ONCE = 1_000;
/** V8 gives back what it took for them once nothing has happened for a while. */
const AFTERWARDS = 30_000;
const IDLE_LIMIT_MB = 1;
const P99_LIMIT_MS = 10;
const TRAY_LIMIT = 1.5;
/** What a person takes for at once. */
const TRAY_LIMIT_MS = 100;
const AT_ONCE_LIMIT_MS = 2_000;
const MEMORY_LIMIT_MB = 10;

const mb = (value: number) => `${value.toFixed(1)} MB`;
const ms = (value: number) => `${value.toFixed(1)} ms`;
const both = (values: readonly number[]) => `${ms(median(values))}; ${ms(percentile(values, 0.99))}`;

/** What it costs to serve tokens: nothing while nobody asks, and little when many do. */
export async function measureAgent(): Promise<readonly Figure[]> {
  await using files = await signIn();
  const dataDir = files.environment['LATCHKEY_DATA_DIR'] ?? '';
  const settingsFile = join(dataDir, 'settings.json');
  const socket = join(dataDir, 'agent', 'agent.sock');
  const serve = async (isOn: boolean) => {
    const settings = { ...DEFAULT_SETTINGS, agent: { serve: isOn, ask: false } };
    await writeFile(settingsFile, JSON.stringify({ version: 1, termsAcknowledgedAt: null, settings }));
  };
  const idle: { off: number[]; on: number[] } = { off: [], on: [] };
  for (let round = 0; round <= TIMES; round++) {
    for (const name of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
      await serve(name === 'on');
      await using app = start('latchkey', files.environment);
      await app.tray();
      await sleep(SETTLING);
      // The first pair warms the caches.
      if (round > 0) idle[name].push(memoryOf(app).own);
    }
  }
  await serve(true);
  await using app = start('latchkey', files.environment);
  await app.tray();
  await until('the socket', async () => (await ask(socket, '/v1/token')).status === 200 || undefined);
  await sleep(SETTLING);
  const load = await underLoad(app, socket);
  const [off, on] = [median(idle.off), median(idle.on)];
  return [
    {
      what: `Memory of the app's own when idle, signed in, tokens being served (not served), median of ${TIMES}`,
      latchkey: `${on.toFixed(1)} MB (${off.toFixed(1)} MB)`,
      bare: '–',
      limit: `${IDLE_LIMIT_MB} MB more`,
      kept: on - off <= IDLE_LIMIT_MB,
    },
    {
      what: `A token from the app, one of ${(PARTS * PART).toLocaleString('en')} in a row, 99th percentile (median)`,
      latchkey: `${ms(percentile(load.times, 0.99))} (${ms(median(load.times))})`,
      bare: '–',
      limit: `${P99_LIMIT_MS} ms`,
      kept: percentile(load.times, 0.99) <= P99_LIMIT_MS,
    },
    {
      what: 'The tray tells its menu meanwhile, median; 99th percentile (in quiet between)',
      latchkey: `${both(load.busy)} (${both(load.quiet)})`,
      bare: '–',
      limit: `${TRAY_LIMIT} × in quiet; ${TRAY_LIMIT_MS} ms`,
      kept:
        median(load.busy) <= TRAY_LIMIT * median(load.quiet) && percentile(load.busy, 0.99) <= TRAY_LIMIT_MS,
    },
    {
      what: `${AT_ONCE.toLocaleString('en')} clients at once: until the last of them is answered, median of ${ROUNDS} (longest)`,
      latchkey: `${median(load.rounds).toFixed(0)} ms (${Math.max(...load.rounds).toFixed(0)} ms)`,
      bare: '–',
      limit: `${AT_ONCE_LIMIT_MS.toLocaleString('en')} ms`,
      kept: Math.max(...load.rounds) <= AT_ONCE_LIMIT_MS,
    },
    {
      what: 'The tray tells its menu meanwhile, median; 99th percentile',
      latchkey: both(load.crowded),
      bare: '–',
      limit: `${TRAY_LIMIT_MS} ms`,
      kept: percentile(load.crowded, 0.99) <= TRAY_LIMIT_MS,
    },
    {
      what: `Memory of the app's own ${AFTERWARDS / 1_000} s after all of them (before; most meanwhile: room that V8 takes and gives back)`,
      latchkey: `${mb(load.memory.after)} (${mb(load.memory.before)}; ${mb(load.memory.most)})`,
      bare: '–',
      limit: `${MEMORY_LIMIT_MB} MB more than before`,
      kept: load.memory.after - load.memory.before <= MEMORY_LIMIT_MB,
    },
  ];
}

async function underLoad(app: RunningApp, socket: string) {
  const menu = await (await app.tray()).menuObject();
  using bus = await BusLine.open();
  // The whole menu, all properties: see `TrayItem.menu`.
  const body = Buffer.alloc(12);
  body.writeInt32LE(-1, 4);
  const trayTime = () => bus.call({ ...menu, member: 'GetLayout', signature: 'iias', body });

  const asker = spawn(process.execPath, [fileURLToPath(new URL('agent-load.ts', import.meta.url)), socket], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: asker.stdout });
  /** How long the requests took, and the tray's answers meanwhile. */
  const request = async (inARow: number, atOnce: number) => {
    const tray: number[] = [];
    let times: number[] | undefined;
    const told = once(lines, 'line').then(([line]) => (times = JSON.parse(line as string) as number[]));
    asker.stdin.write(`${inARow} ${atOnce}\n`);
    while (times === undefined) {
      if (asker.exitCode !== null) throw new Error('A request failed');
      tray.push(await trayTime());
      await sleep(atOnce === 0 ? PAUSE : 0);
    }
    return { times: await told, tray };
  };

  const before = memoryOf(app).own;
  await request(100, 0);
  const memory: number[] = [];
  const times: number[] = [];
  const quiet: number[] = [];
  const busy: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    for (let each = 0; each < ASKED_IN_QUIET; each++) {
      quiet.push(await trayTime());
      await sleep(PAUSE);
    }
    const asked = await request(PART, 0);
    times.push(...asked.times);
    busy.push(...asked.tray);
    memory.push(memoryOf(app).own);
  }
  const rounds: number[] = [];
  const crowded: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = await request(0, AT_ONCE);
    rounds.push(...asked.times);
    crowded.push(...asked.tray);
    memory.push(memoryOf(app).own);
  }
  asker.stdin.end();
  await once(asker, 'exit');
  await sleep(AFTERWARDS);
  const after = memoryOf(app).own;
  return { times, quiet, busy, rounds, crowded, memory: { before, most: Math.max(...memory), after } };
}
