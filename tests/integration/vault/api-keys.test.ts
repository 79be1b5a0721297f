import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Vault } from '../../../src-main/vault/vault.ts';
import { saving } from '../../support/vault/edits.ts';
import { ConfigFile } from '../../../src-main/vault/config/config-file.ts';
import { credential, failure, temporaryFolder } from '../../support/vault/sample.ts';

const KEY = `sk-ant-api03-${'k'.repeat(91)}wxyz`;
const OTHER = `sk-ant-api03-${'o'.repeat(91)}1234`;
const AT = Date.UTC(2026, 10, 23, 9);

async function stage(t: TestContext) {
  const folder = await temporaryFolder(t);
  const configFile = join(folder, 'config.yaml');
  const dataDir = join(folder, 'data');
  const open = () => new Vault({ configFile, dataDir, keychain: null, settleMs: 50 });
  return { folder, configFile, dataDir, open, vault: open() };
}

test('a key is shown masked, with since when and its last test, also by another process', async (t) => {
  const { vault, open, configFile, dataDir } = await stage(t);
  assert.equal(await vault.apiKeys.set(KEY, AT, false), null);
  await vault.apiKeys.noteTest(KEY, { at: AT + 1_000, failure: { code: 'key-forbidden', message: 'no' } });
  const { apiKey } = await open().load();
  assert.deepEqual(apiKey, {
    own: { kind: 'key', start: 'sk-ant-api03-', end: 'wxyz' },
    storage: 'config-file',
    beside: null,
    listed: [],
    since: AT,
    test: { at: AT + 1_000, failure: { code: 'key-forbidden', message: 'no' } },
  });
  assert.equal(await open().apiKeys.read(), KEY);
  assert.equal((await stat(configFile)).mode & 0o777, 0o600);
  assert.ok(!(await readFile(join(dataDir, 'api-key.json'), 'utf8')).includes(KEY.slice(20)));
});

test('what is remembered of one key is not said of another that a neighbour put there', async (t) => {
  const { vault, configFile } = await stage(t);
  await vault.apiKeys.set(KEY, AT, false);
  await vault.apiKeys.noteTest(KEY, { at: AT, failure: null });
  await writeFile(configFile, (await readFile(configFile, 'utf8')).replace(KEY, OTHER));
  const { apiKey } = await vault.load();
  assert.deepEqual([apiKey.since, apiKey.test], [null, null]);
  await vault.apiKeys.noteTest(OTHER, { at: AT, failure: null });
  assert.deepEqual((await vault.load()).apiKey.test, { at: AT, failure: null });
});

test('a key that was removed comes back with what was known of it, unless another stands there', async (t) => {
  const { vault, configFile } = await stage(t);
  await vault.apiKeys.set(KEY, AT, false);
  const whole = await readFile(configFile, 'utf8');
  const was = (await vault.load()).apiKey;
  const removed = await vault.apiKeys.remove();
  assert.equal(removed.key, KEY);
  await vault.apiKeys.putBack(removed);
  assert.equal(await readFile(configFile, 'utf8'), whole);
  assert.deepEqual((await vault.load()).apiKey, was);
  await vault.apiKeys.remove();
  await vault.apiKeys.set(OTHER, AT, false);
  await assert.rejects(vault.apiKeys.putBack(removed), failure({ code: 'key-changed' }));
  assert.equal(await vault.apiKeys.read(), OTHER);
});

test('a key and a credential that are written at once are both there in the end', async (t) => {
  const { vault, configFile, folder } = await stage(t);
  await writeFile(configFile, '# mine\n', { mode: 0o644 });
  const file = new ConfigFile(configFile, { journalFolder: folder, settleMs: 50 });
  const [madePrivateFrom] = await Promise.all([
    vault.apiKeys.set(KEY, AT, false),
    file.edit(saving(credential)),
  ]);
  const { keys, entries } = await file.read();
  assert.equal(keys.own, KEY);
  assert.equal(entries.length, 1);
  assert.ok((await readFile(configFile, 'utf8')).startsWith('# mine\n'));
  assert.ok(['0644', null].includes(madePrivateFrom));
});

test('a record that makes no sense is set aside, and the key stays', async (t) => {
  const { vault, open, dataDir } = await stage(t);
  await vault.apiKeys.set(KEY, AT, false);
  await writeFile(join(dataDir, 'api-key.json'), '{"version":9}');
  const { apiKey, troubles } = await open().load();
  assert.equal(apiKey.own?.kind, 'key');
  assert.deepEqual(
    troubles.map(({ code }) => code),
    ['data-set-aside'],
  );
});
