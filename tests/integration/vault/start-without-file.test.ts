import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const configFile = new URL('../../../src-main/vault/config/config-file.ts', import.meta.url).href;

/** Reads a config file in a process of its own, and tells what code that took. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  const { ConfigFile } = await import(${JSON.stringify(configFile)});
  const [path] = process.argv.slice(1);
  const { entries } = await new ConfigFile(path, { journalFolder: path + '.d' }).read();
  console.log(JSON.stringify([entries.length, loaded.some((url) => url.includes('/node_modules/yaml/'))]));
`;

test('a start without a config file does not load a YAML parser', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'config.yaml');
  const told = async () => {
    const words = ['--input-type=module', '--eval', PROGRAM, path];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout) as unknown;
  };
  assert.deepEqual(await told(), [0, false]);
  await writeFile(path, 'a: 1\n');
  assert.deepEqual(await told(), [0, true], 'this would show it');
});
