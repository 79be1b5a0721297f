import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { BuiltTerminal } from '../login/terminal.ts';
import { PRACTICE_KEYS } from '../practice/models-endpoint.ts';
import { startPracticeServer, type PracticeServer } from '../practice/practice-server.ts';

export interface KeyPlace {
  readonly folder: string;
  readonly configFile: string;
  readonly server: PracticeServer;
  readonly variables: Readonly<Record<string, string>>;
}

/** Files of its own and a practice server, nobody signed in. */
export async function keyPlace(t: TestContext, config: string | null = null): Promise<KeyPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-key-'));
  const server = await startPracticeServer();
  t.after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  const configFile = join(folder, 'config.yaml');
  if (config !== null) await writeFile(configFile, config, { mode: 0o644 });
  const variables = {
    HOME: folder,
    LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
    LATCHKEY_TOKEN_URL: server.tokenUrl,
    LATCHKEY_API_URL: server.apiUrl,
    LATCHKEY_CONFIG_FILE: configFile,
    LATCHKEY_DATA_DIR: join(folder, 'data'),
  };
  return { folder, configFile, server, variables };
}

/** Runs a line of a shell in which `latchkey` is the program and `$KEY` a key; what is told must never have that in it. */
export function shellOf({ program }: BuiltTerminal) {
  return async ({ variables }: KeyPlace, line: string, key: string = PRACTICE_KEYS.good) => {
    const script = `latchkey() { '${program.join("' '")}' "$@"; }\n${line}`;
    const ended = await promisify(execFile)('bash', ['-c', script], {
      env: { PATH: process.env['PATH'], KEY: key, ...variables },
    }).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
    const told = ended.stdout + ended.stderr;
    assert.ok(!told.includes(key.slice(20, -4)), told);
    return { code: 'code' in ended ? ended.code : 0, out: ended.stdout, error: ended.stderr };
  };
}
