import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '../../src-main/domain/settings.ts';
import type { RunningApp } from '../support/desktop/app.ts';
import { until } from '../support/desktop/until.ts';
import { start } from './apps.ts';
import { median, percentile, type Figure } from './figure.ts';
import { memoryOf } from './load.ts';
import { signIn } from './signed-in.ts';

const TIMES = 5;
/** From the icon in the tray to the reading of memory, in milliseconds. */
const SETTLING = 10_000;
const REQUESTS = 100_000;
const AT_ONCE = 1_000;
const IDLE_LIMIT_MB = 1;
const P99_LIMIT_MS = 20;
/** What a person takes for at once. */
const TRAY_LIMIT_MS = 100;
const LEAK_LIMIT_MB = 10;

const mb = (value: number) => `${value.toFixed(1)} MB`;

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
  await until('the socket', () => get(socket));
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
      what: `A token from the app, one of ${REQUESTS.toLocaleString('en')} in a row, 99th percentile (median ${median(load.times).toFixed(1)} ms)`,
      latchkey: `${percentile(load.times, 0.99).toFixed(1)} ms`,
      bare: '–',
      limit: `${P99_LIMIT_MS} ms`,
      kept: percentile(load.times, 0.99) <= P99_LIMIT_MS,
    },
    {
      what: `The tray's answer meanwhile, median (before)`,
      latchkey: `${median(load.tray).toFixed(0)} ms (${median(load.trayBefore).toFixed(0)} ms)`,
      bare: '–',
      limit: `${TRAY_LIMIT_MS} ms`,
      kept: median(load.tray) <= TRAY_LIMIT_MS,
    },
    {
      what: `${AT_ONCE.toLocaleString('en')} clients at once: until the last of them is answered`,
      latchkey: `${load.allAtOnce.toFixed(0)} ms`,
      bare: '–',
      limit: '5,000 ms',
      kept: load.allAtOnce <= 5_000,
    },
    {
      what: "Memory of the app's own after all of them (after half of them; before). V8 keeps the room it took",
      latchkey: `${mb(load.memory.after)} (${mb(load.memory.half)}; ${mb(load.memory.before)})`,
      bare: '–',
      limit: `${LEAK_LIMIT_MB} MB more than after half`,
      kept: load.memory.after - load.memory.half <= LEAK_LIMIT_MB,
    },
  ];
}

async function underLoad(app: RunningApp, socket: string) {
  const tray = await app.tray();
  const trayTime = async () => {
    const began = performance.now();
    await tray.menu();
    return performance.now() - began;
  };
  const trayBefore: number[] = [];
  for (let each = 0; each < 10; each++) trayBefore.push(await trayTime());
  const before = memoryOf(app).own;
  let half = 0;
  const times: number[] = [];
  const trayDuring: number[] = [];
  const end = new AbortController();
  const looking = (async () => {
    while (!end.signal.aborted) {
      trayDuring.push(await trayTime());
      await sleep(1_000);
    }
  })();
  for (let each = 0; each < REQUESTS; each++) {
    const began = performance.now();
    await get(socket);
    times.push(performance.now() - began);
    if (each === REQUESTS / 2) half = memoryOf(app).own;
  }
  end.abort();
  await looking;
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, () => get(socket)));
  const allAtOnce = performance.now() - began;
  await sleep(SETTLING);
  const memory = { before, half, after: memoryOf(app).own };
  return { times, trayBefore, tray: trayDuring, allAtOnce, memory };
}

function get(socketPath: string): Promise<true> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath, path: '/v1/token', agent: false, headers: { Host: 'localhost' } },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve(true) : reject(new Error(String(response.statusCode))),
        );
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}
