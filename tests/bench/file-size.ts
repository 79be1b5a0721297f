import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../scripts/set-up/paths.mjs';
import { median, type Figure } from './figure.ts';
import { signIn } from './signed-in.ts';

const TIMES = 15;
/** What was renewed this lately, in milliseconds, is not renewed again. */
const FRESH = 2_100;
const STATUS_LIMIT = 2;
const REFRESH_LIMIT_MS = 300;

/** What many entries and a long file cost, by the `latchkey` command, a process of its own each time. */
export async function measureFileSize(): Promise<readonly Figure[]> {
  return [await statusFigure(), await refreshFigure()];
}

/** Nobody has looked at these entries before: each of them is learnt at this look. */
async function statusFigure(): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'file-size-'));
  const times = { one: [] as number[], hundred: [] as number[] };
  try {
    for (let round = 0; round <= TIMES; round++) {
      for (const [name, count] of [
        ['one', 1],
        ['hundred', 100],
      ] as const) {
        const configFile = join(folder, `${name}.yaml`);
        const dataDir = await mkdtemp(join(folder, 'data-'));
        await writeFile(configFile, fileOf(entries(count, 'new')));
        const time = await run('status', { LATCHKEY_CONFIG_FILE: configFile, LATCHKEY_DATA_DIR: dataDir });
        if (round > 0) times[name].push(time);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const [one, hundred] = [median(times.one), median(times.hundred)];
  return {
    what: `\`latchkey status\` over 100 entries nobody has seen before (over one), median of ${TIMES}`,
    latchkey: `${hundred.toFixed(0)} ms (${one.toFixed(0)} ms)`,
    bare: '–',
    limit: `${STATUS_LIMIT} × over one`,
    kept: hundred <= STATUS_LIMIT * one,
  };
}

async function refreshFigure(): Promise<Figure> {
  const times = { small: [] as number[], large: [] as number[] };
  await using small = await signIn();
  await using large = await signIn();
  const path = large.environment['LATCHKEY_CONFIG_FILE'] ?? '';
  const own = await readFile(path, 'utf8');
  // 500 entries with ours, and 20,000 lines in all.
  const others = entries(499, 'theirs');
  const padding = 20_000 - own.split('\n').length - others.split('\n').length;
  await writeFile(path, `${own}${others}\nnotes:\n${'  - a line of another program\n'.repeat(padding)}`);
  await sleep(FRESH);
  for (let round = 0; round <= TIMES; round++) {
    for (const [name, { environment }] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const time = await run('refresh', environment);
      if (round > 0) times[name].push(time);
    }
    await sleep(FRESH);
  }
  const [few, many] = [median(times.small), median(times.large)];
  return {
    what: `\`latchkey refresh\` in a file of 500 entries and 20,000 lines (of one entry), median of ${TIMES}`,
    latchkey: `${many.toFixed(0)} ms (${few.toFixed(0)} ms)`,
    bare: '–',
    limit: `${REFRESH_LIMIT_MS} ms more`,
    kept: many <= few + REFRESH_LIMIT_MS,
  };
}

function entries(count: number, name: string): string {
  return Array.from({ length: count }, (_, index) =>
    [
      `      - id: ${name}-${index}`,
      '        client_id: ""',
      `        access_token: sk-ant-oat01-${name}-${index}`,
      `        refresh_token: sk-ant-ort01-${name}-${index}`,
      '        expires_at: "2030-01-01T00:00:00Z"',
      '        scopes: [user:inference]',
    ].join('\n'),
  ).join('\n');
}

function fileOf(list: string): string {
  return `providers:\n  anthropic:\n    oauth_credentials:\n${list}\n`;
}

/** From the start of the process to its end, in milliseconds. */
async function run(command: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'out', 'terminal', 'latchkey.js'), command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`latchkey ${command} ended with ${String(code)}: ${told}`);
  return performance.now() - started;
}
