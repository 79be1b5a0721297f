import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/paths.mjs';
import { HOUR } from '../../src-main/domain/instant.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { endpointsOf } from '../support/login/signed-in.ts';
import { newLogin } from '../support/new-login.ts';
import { approve } from '../support/practice/approve.ts';
import { startPracticeServer } from '../support/practice/practice-server.ts';
import { median, type Figure } from './figure.ts';

const TIMES = 15;
const STATUS_LIMIT = 2;
const REFRESH_LIMIT_MS = 300;

/** What many entries and a long file cost. */
export async function measureFileSize(): Promise<readonly Figure[]> {
  return [await statusFigure(), await refreshFigure()];
}

/** By a process of its own each time. Nobody has looked at these entries before: each of them is learnt at this look. */
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

/** By a Latchkey that runs, as the app does: from asking for it until the credential is on disk, the server's time included. */
async function refreshFigure(): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'file-size-'));
  const times = { few: [] as number[], many: [] as number[] };
  try {
    await using few = await keeper(join(folder, 'few'));
    await using many = await keeper(join(folder, 'many'));
    const own = await readFile(many.configFile, 'utf8');
    // 500 entries with ours, and 20,000 lines in all.
    const others = entries(499, 'theirs');
    const padding = 20_000 - own.split('\n').length - others.split('\n').length;
    await writeFile(
      many.configFile,
      `${own}${others}\nnotes:\n${'  - a line of another program\n'.repeat(padding)}`,
    );
    for (let round = 0; round <= TIMES; round++) {
      for (const [name, { refresh }] of [
        ['few', few],
        ['many', many],
      ] as const) {
        const time = await refresh();
        if (round > 0) times[name].push(time);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const [few, many] = [median(times.few), median(times.many)];
  return {
    what: `A refresh in a file of 500 entries and 20,000 lines (of one entry), median of ${TIMES}`,
    latchkey: `${many.toFixed(0)} ms (${few.toFixed(0)} ms)`,
    bare: '–',
    limit: `${REFRESH_LIMIT_MS} ms more`,
    kept: many <= few + REFRESH_LIMIT_MS,
  };
}

async function keeper(folder: string) {
  const clock = new FakeClock(Date.now());
  const server = await startPracticeServer();
  const configFile = join(folder, 'config.yaml');
  const login = newLogin({
    endpoints: endpointsOf(server),
    configFile,
    dataDir: join(folder, 'data'),
    clock,
    openBrowser: approve,
  });
  await login.start();
  await login.signIn();
  return {
    configFile,
    refresh: async () => {
      clock.advance(8 * HOUR);
      const started = performance.now();
      const { kind } = await login.refresh('default');
      if (kind !== 'refreshed') throw new Error(`a refresh of the benchmark ended as ${kind}`);
      return performance.now() - started;
    },
    async [Symbol.asyncDispose]() {
      await login.stop();
      await server.close();
    },
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
