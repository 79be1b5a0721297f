import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { failureOf } from '../../../src-main/domain/failure.ts';
import { KEY_STORAGES, type KeyStorage } from '../../../src-main/domain/storage.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { exitCode, firstOutput, startChild } from '../../support/vault/child.ts';
import { FilePasswords } from '../../support/vault/file-passwords.ts';
import { failure, temporaryFolder } from '../../support/vault/sample.ts';

const KEY = `sk-ant-api03-${'k'.repeat(91)}wxyz`;
const OTHER = `sk-ant-api03-${'o'.repeat(91)}1234`;
const AT = Date.UTC(2026, 10, 23, 9);
const KILLS = Number(process.env['KILLS'] ?? 12);
const MASK = { kind: 'key', start: 'sk-ant-api03-', end: 'wxyz' };

async function stage(t: TestContext) {
  const folder = await temporaryFolder(t);
  const configFile = join(folder, 'config', 'config.yaml');
  await mkdir(join(folder, 'config'));
  const dataDir = join(folder, 'data');
  const path = join(folder, 'keychain.json');
  const keychain = new FilePasswords(path);
  const open = () => new Vault({ configFile, dataDir, keychain: null, settleMs: 50, apiKeys: keychain });
  const vault = open();
  return {
    configFile,
    dataDir,
    path,
    keychain,
    open,
    keys: vault.apiKeys,
    load: () => vault.load(),
    move: (storage: KeyStorage) => vault.exclusively(() => vault.apiKeys.move(storage)),
    text: () => readFile(configFile, 'utf8'),
    write: (key: string) =>
      writeFile(configFile, `providers:\n  anthropic:\n    api_key: ${key} # theirs\n`, { mode: 0o600 }),
  };
}

const codes = ({ troubles }: Awaited<ReturnType<Vault['load']>>) => troubles.map(({ code }) => code);

test('moved into the keychain nothing of it is in the file, nor in a file of ours; and back, byte for byte', async (t) => {
  const here = await stage(t);
  await writeFile(here.configFile, `# mine\nproviders:\n  anthropic:\n    api_key: '${KEY}' # kept\n`);
  await chmod(here.configFile, 0o600);
  const before = await here.text();
  await here.keys.noteTest(KEY, { at: AT, failure: null });
  await here.move('keychain');
  assert.equal(await here.text(), before.replace(KEY, ''));
  assert.deepEqual(Object.values(here.keychain.all()), [KEY]);
  const { apiKey, troubles } = await here.open().load();
  assert.deepEqual(troubles, []);
  assert.deepEqual(apiKey, {
    own: MASK,
    storage: 'keychain',
    beside: null,
    listed: [],
    since: null,
    test: { at: AT, failure: null },
  });
  assert.ok(!(await readFile(here.keys.path, 'utf8')).includes(KEY.slice(20)));
  assert.equal(await here.open().apiKeys.read(), KEY);
  await here.move('keychain');
  await here.move('config-file');
  assert.equal(await here.text(), before);
  assert.deepEqual(here.keychain.all(), {});
  assert.deepEqual((await here.load()).apiKey.test, { at: AT, failure: null });
  assert.equal((await here.load()).apiKey.storage, 'config-file');
});

test('set in the keychain: where the one before lies, the next one goes', async (t) => {
  const here = await stage(t);
  await here.keys.set(KEY, AT, false, 'keychain');
  assert.deepEqual([(await here.load()).apiKey.storage, (await here.load()).apiKey.since], ['keychain', AT]);
  await assert.rejects(here.text());
  await here.keys.set(OTHER, AT, false);
  assert.deepEqual(Object.values(here.keychain.all()), [OTHER]);
  // Into the file, in its place.
  await here.keys.set(KEY, AT, false, 'config-file');
  assert.deepEqual(here.keychain.all(), {});
  assert.ok((await here.text()).includes(KEY));
  // And out of it.
  await here.keys.set(OTHER, AT, false, 'keychain');
  assert.ok(!(await here.text()).includes(KEY));
  assert.equal(await here.keys.read(), OTHER);
});

test('two config files never mix', async (t) => {
  const here = await stage(t);
  await here.keys.set(KEY, AT, false, 'keychain');
  const configFile = `${here.configFile}.bak`;
  const other = new Vault({ ...here, configFile, keychain: null, settleMs: 50, apiKeys: here.keychain });
  await assert.rejects(other.apiKeys.read(), failure({ code: 'no-key' }));
  await other.apiKeys.set(OTHER, AT, false, 'keychain');
  assert.deepEqual([await here.keys.read(), await other.apiKeys.read()], [KEY, OTHER]);
  await other.apiKeys.remove();
  assert.equal(await here.keys.read(), KEY);
});

test('a keychain that is locked, missing or full: told with a code, and it stays where it was', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  const before = await here.text();
  for (const reason of ['locked', 'no-service', 'refused'] as const) {
    here.keychain.obstacle = reason;
    const refused = failure({ code: 'key-not-kept', reason });
    await assert.rejects(here.move('keychain'), refused);
    await assert.rejects(here.keys.set(OTHER, AT, false, 'keychain'), refused);
    assert.equal(await here.text(), before);
    assert.deepEqual((await here.load()).apiKey.storage, 'config-file');
  }
  here.keychain.obstacle = null;
  await here.move('keychain');
  here.keychain.obstacle = 'locked';
  const locked = failure({ code: 'key-locked', reason: 'locked' });
  // It is there, and shown: nobody says that there is none.
  const next = here.open();
  assert.deepEqual((await next.load()).apiKey.own, MASK);
  await assert.rejects(next.apiKeys.read(), locked);
  await assert.rejects(here.move('config-file'), locked);
  await assert.rejects(here.keys.remove(), locked);
  here.keychain.obstacle = null;
  assert.equal(await here.keys.read(), KEY);
});

test('without a keychain here at all', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  const { configFile, dataDir } = here;
  const vault = new Vault({ configFile, dataDir, keychain: null, settleMs: 50 });
  await assert.rejects(
    vault.exclusively(() => vault.apiKeys.move('keychain')),
    failure({ code: 'key-not-kept', reason: 'not-installed' }),
  );
});

test('a file that cannot be written keeps it, and the keychain forgets it again', async (t) => {
  const here = await stage(t);
  // An edit would change what a tag means.
  await writeFile(here.configFile, `providers:\n  anthropic:\n    api_key: !secret ${KEY}\n`, {
    mode: 0o600,
  });
  assert.equal(await here.keys.read(), KEY);
  await assert.rejects(here.move('keychain'), (error) => failureOf(error).code === 'config-shape');
  assert.deepEqual(here.keychain.all(), {});
  assert.deepEqual((await here.load()).apiKey.storage, 'config-file');
});

test('what is remembered that cannot be written: nothing is moved', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  await mkdir(here.keys.path, { recursive: true });
  await assert.rejects(here.move('keychain'), (error) => failureOf(error).code === 'data-not-writable');
  assert.deepEqual(here.keychain.all(), {});
  assert.equal(await here.keys.read(), KEY);
});

test('another program writes one into the file: that counts, ours is kept and told, and nothing is lost', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  await here.move('keychain');
  await here.write(OTHER);
  const content = await here.load();
  assert.deepEqual(codes(content), ['key-in-both']);
  assert.deepEqual(content.apiKey.own, { ...MASK, end: '1234' });
  assert.deepEqual(content.apiKey.beside, { shown: MASK, isSame: false });
  assert.equal(await here.keys.read(), OTHER);
  // What would write over ours is refused.
  await assert.rejects(here.move('keychain'), failure({ code: 'key-in-both' }));
  await assert.rejects(here.keys.set(OTHER, AT, false, 'keychain'), failure({ code: 'key-in-both' }));
  await here.move('config-file');
  assert.deepEqual(Object.values(here.keychain.all()), [KEY]);
  // Each can be removed, and the other one counts then.
  const removed = await here.keys.remove();
  assert.equal(removed.key, OTHER);
  assert.deepEqual(codes(await here.load()), []);
  assert.equal(await here.keys.read(), KEY);
  await here.keys.putBack(removed);
  const ours = await here.keys.remove('keychain');
  assert.deepEqual([ours.key, ours.from], [KEY, 'keychain']);
  assert.deepEqual(codes(await here.load()), []);
  await here.keys.putBack(ours);
  assert.deepEqual(codes(await here.load()), ['key-in-both']);
});

test('a placeholder that another program writes counts, and stays', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  await here.move('keychain');
  await here.write('${ANTHROPIC_API_KEY}');
  assert.deepEqual(codes(await here.load()), ['key-in-both']);
  const placeholder = failure({ code: 'key-placeholder', value: '${ANTHROPIC_API_KEY}' });
  await assert.rejects(here.keys.read(), placeholder);
  await assert.rejects(here.move('keychain'), placeholder);
  await assert.rejects(here.move('config-file'), placeholder);
  await assert.rejects(here.keys.set(OTHER, AT, false, 'keychain'), placeholder);
  assert.deepEqual(Object.values(here.keychain.all()), [KEY]);
});

test('the same one in both: no trouble; each move takes the other one away, and removing takes both', async (t) => {
  const here = await stage(t);
  const both = async () => {
    await here.write(KEY);
    await here.move('keychain');
    await here.write(KEY);
    const content = await here.load();
    assert.deepEqual(codes(content), []);
    assert.deepEqual(content.apiKey.beside, { shown: MASK, isSame: true });
    assert.equal(content.apiKey.storage, 'config-file');
  };
  await both();
  await here.move('config-file');
  assert.deepEqual(here.keychain.all(), {});
  assert.equal(await here.keys.read(), KEY);
  await both();
  await here.move('keychain');
  assert.ok(!(await here.text()).includes(KEY));
  assert.equal(await here.keys.read(), KEY);
  await both();
  await here.keys.remove();
  assert.deepEqual(here.keychain.all(), {});
  assert.equal((await here.load()).apiKey.own, null);
});

test('another program writes one while ours is being moved: it stays, and ours is in the keychain', async (t) => {
  const here = await stage(t);
  await here.write(KEY);
  let isWritten = false as boolean;
  here.keychain.onStep = (step) => {
    if (step !== 'before read' || isWritten) return;
    isWritten = true;
    void here.write(OTHER);
  };
  await assert.rejects(here.move('keychain'), failure({ code: 'key-changed' }));
  assert.ok((await here.text()).includes(OTHER));
  assert.deepEqual(Object.values(here.keychain.all()), [KEY]);
  assert.deepEqual(codes(await here.load()), ['key-in-both']);
});

test('a key that the keychain has lost is told, and what is left of it can be removed', async (t) => {
  const here = await stage(t);
  await here.keys.set(KEY, AT, false, 'keychain');
  await rm(here.path);
  await assert.rejects(here.keys.read(), failure({ code: 'key-missing' }));
  await assert.rejects(here.move('config-file'), failure({ code: 'key-missing' }));
  assert.equal((await here.keys.remove()).key, '');
  await assert.rejects(here.keys.read(), failure({ code: 'no-key' }));
});

test('one that nobody remembers, since our folder was lost, is found again where it is asked for', async (t) => {
  for (const storage of KEY_STORAGES) {
    const here = await stage(t);
    await here.keys.set(KEY, AT, false, 'keychain');
    await rm(here.dataDir, { recursive: true });
    assert.equal((await here.load()).apiKey.own, null);
    await here.move(storage);
    const { apiKey } = await here.load();
    assert.deepEqual([apiKey.own, apiKey.storage], [MASK, storage]);
    assert.equal(await here.keys.read(), KEY);
  }
  const nothing = await stage(t);
  for (const storage of KEY_STORAGES) {
    await assert.rejects(nothing.move(storage), failure({ code: 'no-key' }));
  }
});

test('another key in the keychain than the remembered one is the one that is there', async (t) => {
  const here = await stage(t);
  await here.keys.set(KEY, AT, false, 'keychain');
  const [name = ''] = Object.keys(here.keychain.all());
  await here.keychain.keep(name, OTHER);
  assert.equal(await here.keys.read(), OTHER);
  const { apiKey } = await here.load();
  assert.deepEqual([apiKey.own, apiKey.since], [{ ...MASK, end: '1234' }, null]);
});

/** After a crash: there, one key, and movable to either side. */
async function survived(here: Awaited<ReturnType<typeof stage>>): Promise<KeyStorage> {
  const vault = here.open();
  const content = await vault.load();
  assert.deepEqual(content.troubles, []);
  assert.deepEqual(content.apiKey.own, MASK);
  assert.equal(await vault.apiKeys.read(), KEY);
  return content.apiKey.storage;
}

test('killed at any step of the keychain the key is there, and the move can be made again', async (t) => {
  const there: Readonly<Record<KeyStorage, KeyStorage>> = {
    keychain: 'config-file',
    'config-file': 'keychain',
  };
  for (const to of KEY_STORAGES) {
    let step = 1;
    for (; ; step++) {
      const here = await stage(t);
      await here.keys.set(KEY, AT, false, there[to]);
      const child = startChild(t, 'move-key.ts', here.configFile, here.dataDir, here.path, to, String(step));
      const code = await exitCode(child);
      await survived(here);
      await here.move(to);
      assert.equal(await survived(here), to);
      assert.equal(Object.keys(here.keychain.all()).length, to === 'keychain' ? 1 : 0);
      if (code === 0) break;
      assert.equal(code, null);
    }
    // Before and after each thing that is asked.
    assert.ok(step > 4, `${step} steps`);
  }
});

test('killed at any moment the key is in one place at least', async (t) => {
  const here = await stage(t);
  await here.keys.set(KEY, AT, false);
  const found = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill++) {
    const to = KEY_STORAGES[kill % 2] ?? 'keychain';
    const child = startChild(t, 'move-key.ts', here.configFile, here.dataDir, here.path, to);
    await firstOutput(child);
    await delay(Math.random() * 400);
    child.kill('SIGKILL');
    // One that failed has a code of its own.
    assert.equal(await exitCode(child), null);
    const storage = await survived(here);
    found.set(storage, (found.get(storage) ?? 0) + 1);
  }
  t.diagnostic(`${KILLS} kills, found in ${[...found].map((each) => each.join(' ')).join(', ')}`);
});
