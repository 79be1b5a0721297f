import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/paths.mjs';
import { approvingBrowser } from '../support/login/terminal.ts';
import { startPracticeProcess } from '../support/practice/practice-process.ts';
import { until } from '../support/desktop/until.ts';
import { median, type Figure } from './figure.ts';

const PAIRS = 20;
const LIMIT = 1.6;
const PROGRAM = join(root, 'out', 'terminal', 'latchkey.cjs');
const NOTHING = ['-e', '0'];

/** What is typed most, signed in and with a token that lasts, beside a Node that does nothing, in turn. */
export async function measureCommand(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
  await using server = await startPracticeProcess(folder);
  const dataDir = join(folder, 'data');
  const variables = {
    PATH: process.env['PATH'],
    HOME: folder,
    BROWSER: approvingBrowser,
    LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
    LATCHKEY_TOKEN_URL: server.tokenUrl,
    LATCHKEY_API_URL: server.apiUrl,
    LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
    LATCHKEY_DATA_DIR: dataDir,
  };
  const run = (words: readonly string[]) => wallTime(words, variables);
  try {
    await run([PROGRAM, 'login']);
    // As it is from the second command on: what was found is kept once the files have rested.
    await until(
      'a kept answer',
      async () => {
        await run([PROGRAM, 'status']);
        return stat(join(dataDir, 'command', 'glance.json')).then(
          () => true as const,
          () => undefined,
        );
      },
      20_000,
    );
    const figures: Figure[] = [];
    for (const command of ['status', 'token']) {
      const pairs: [number, number][] = [];
      // The first pair loads files and does not count.
      for (let pair = 0; pair <= PAIRS; pair++) {
        const times: [number, number] = [await run([PROGRAM, command]), await run(NOTHING)];
        if (pair > 0) pairs.push(times);
      }
      const ratio = median(pairs.map(([own, node]) => own / node));
      figures.push({
        what: `\`latchkey ${command}\`, whole process, beside \`node -e 0\`, median of ${PAIRS} pairs (${ratio.toFixed(2)} times)`,
        latchkey: `${median(pairs.map(([own]) => own)).toFixed(0)} ms`,
        bare: `${median(pairs.map(([, node]) => node)).toFixed(0)} ms`,
        limit: `${LIMIT} × Node`,
        kept: ratio <= LIMIT,
      });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Milliseconds from start to end of a Node. */
async function wallTime(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}`);
  return performance.now() - began;
}
