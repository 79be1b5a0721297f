import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { formatLocal } from '../../../src-main/domain/rfc3339.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { credential, failure, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

async function newVault(t: TestContext) {
  const folder = await temporaryFolder(t);
  const [configFile, dataDir] = [join(folder, 'config', 'config.yaml'), join(folder, 'data')];
  const open = (keychain: MemoryKeychain | null = null) => new Vault({ configFile, dataDir, keychain });
  const breakConfig = async () => {
    await mkdir(join(folder, 'config'), { recursive: true });
    await writeFile(configFile, 'a: [\n', { mode: 0o600 });
  };
  return { configFile, dataDir, open, breakConfig };
}

test('a first start finds nothing, without trouble, and creates nothing', async (t) => {
  const { open, configFile, dataDir } = await newVault(t);
  assert.deepEqual(await open().load(), {
    accounts: [],
    isFileReadable: true,
    ids: [],
    troubles: [],
    apiKey: { listed: [], own: null, storage: 'config-file', beside: null, since: null, test: null },
    isUntidy: false,
    folder: null,
    signedOut: [],
  });
  for (const path of [configFile, dataDir]) await assert.rejects(stat(path), { code: 'ENOENT' });
});

test('what is saved is there after a restart, and of our own files no token is in any but the copies', async (t) => {
  const { open, dataDir } = await newVault(t);
  const result = await saveCredential(open(), credential, () => record);
  assert.deepEqual(result, { isInFile: true, failure: null });
  const { accounts, troubles } = await open().load();
  assert.deepEqual(troubles, []);
  assert.equal(accounts.length, 1);
  const { record: stored, ...account } = accounts[0] ?? assert.fail();
  assert.deepEqual(account, {
    id: 'default',
    credential,
    entry: {
      position: 0,
      credential,
      expiryText: formatLocal(credential.accessExpiresAt ?? 0),
      expiryReadable: true,
      hasMore: false,
    },
    change: 'same',
    twins: [],
    twinToKeep: null,
    isSpent: false,
    beside: [],
    recordElsewhere: null,
    whereabouts: 'config-file',
    hasCopy: true,
    copy: credential,
    isEndDoubtful: false,
    isKeptNeedless: false,
    storage: 'config-file',
    lock: null,
  });
  assert.deepEqual({ ...stored, known: null }, record);
  for (const name of await readdir(dataDir)) {
    const text = await readFile(join(dataDir, name), 'utf8');
    assert.equal(text.includes('sk-ant'), name === 'copies.json', name);
    if (process.platform !== 'win32')
      assert.equal((await stat(join(dataDir, name))).mode & 0o777, 0o600, name);
  }
});

test('a copy is in our own folder only while no keychain takes one', async (t) => {
  const { open, dataDir } = await newVault(t);
  const copies = () => readFile(join(dataDir, 'copies.json'), 'utf8').catch(() => '');
  const keychain = new MemoryKeychain();
  const renewed = {
    ...credential,
    accessToken: 'sk-ant-oat01-Access_two-AA',
    refreshToken: 'sk-ant-ort01-Refresh_two-AA',
  };
  await saveCredential(open(keychain), credential, () => record);
  assert.doesNotMatch(await copies(), /sk-ant/);
  keychain.isLocked = true;
  const locked = open(keychain);
  await saveCredential(locked, renewed, () => record);
  assert.ok((await copies()).includes(renewed.refreshToken));
  keychain.isLocked = false;
  await locked.keepCopies();
  assert.equal(keychain.copies.size, 1);
  assert.doesNotMatch(await copies(), /sk-ant/, 'the keychain has it again');
  // The person wants none in the keychain.
  locked.useKeychain(false);
  await locked.keepCopies();
  assert.ok((await copies()).includes(renewed.refreshToken));
  await locked.forget(credential.id, 0);
  assert.doesNotMatch(await copies(), /sk-ant/, 'nothing is left of what was signed out');
});

test('a credential that cannot go to the config file is rescued until it can', async (t) => {
  const { open, configFile, dataDir, breakConfig } = await newVault(t);
  await breakConfig();
  const vault = open();
  const saved = await saveCredential(vault, credential, () => record);
  assert.equal(saved.isInFile, false);
  assert.equal(saved.failure?.code, 'config-not-yaml');
  await saveCredential(vault, { ...credential, id: 'work' }, () => record);
  assert.equal(await readFile(configFile, 'utf8'), 'a: [\n');

  const restarted = open();
  const loaded = await restarted.load();
  assert.deepEqual(
    loaded.accounts.map(({ id, whereabouts }) => [id, whereabouts]),
    [
      ['default', 'own-folder'],
      ['work', 'own-folder'],
    ],
  );
  assert.deepEqual(
    loaded.troubles.map(({ code }) => code),
    ['config-not-yaml'],
  );

  await restarted.saveAgain(Date.now());
  assert.equal((await restarted.load()).accounts[0]?.whereabouts, 'own-folder');
  await writeFile(configFile, 'a: []\n');
  await restarted.saveAgain(Date.now());
  const mended = await restarted.load();
  assert.deepEqual(
    mended.accounts.map(({ whereabouts }) => whereabouts),
    ['config-file', 'config-file'],
  );
  assert.deepEqual(mended.troubles, []);
  assert.doesNotMatch(await readFile(join(dataDir, 'rescue.json'), 'utf8'), /sk-ant/);
});

test('a write failure is told until the credential is in the config file', async (t) => {
  const { open, configFile } = await newVault(t);
  const lock = join(configFile, '..', '.config.yaml.latchkey.lock');
  await mkdir(lock, { recursive: true });
  const vault = open();
  assert.equal((await saveCredential(vault, credential, () => record)).failure?.code, 'config-not-writable');
  assert.deepEqual(
    (await vault.load()).troubles.map(({ code }) => code),
    ['config-not-writable'],
  );
  await rm(lock, { recursive: true });
  await vault.saveAgain(Date.now());
  assert.deepEqual((await vault.load()).troubles, []);
});

test('a login made elsewhere meanwhile stays in the file, and an older rescued one is kept', async (t) => {
  const { open, configFile, breakConfig } = await newVault(t);
  await breakConfig();
  const vault = open();
  await saveCredential(vault, credential, () => record);
  await rm(configFile);
  const newer = {
    ...credential,
    accessToken: 'newer',
    refreshToken: 'newer too',
    accessExpiresAt: (credential.accessExpiresAt ?? 0) + 1_000,
  };
  const elsewhere = await newVault(t);
  await saveCredential(elsewhere.open(), newer, () => record);
  await writeFile(configFile, await readFile(elsewhere.configFile));
  const stored = async (from: Vault) =>
    (await from.load()).accounts.map((account) => [account.credential, account.whereabouts]);
  assert.deepEqual(await stored(vault), [[newer, 'copy']]);
  await vault.saveAgain(Date.now());
  assert.deepEqual(await stored(open()), [[newer, 'copy']]);
  assert.equal((await open().copyOf('default'))?.refreshToken, credential.refreshToken);
});

test('when nothing can be written the failure is that of our own folder', async (t) => {
  const { open, dataDir, breakConfig } = await newVault(t);
  await breakConfig();
  await writeFile(dataDir, 'in the way');
  await assert.rejects(
    saveCredential(open(), credential, () => record),
    failure({ code: 'data-not-writable' }),
  );
});

test('a credential is stored even where its record cannot be', async (t) => {
  const { open, dataDir } = await newVault(t);
  await writeFile(dataDir, 'in the way');
  const { isInFile, failure: told } = await saveCredential(open(), credential, () => record);
  assert.equal(isInFile, true);
  assert.equal(told?.code, 'data-not-writable');
});

test('a file of ours that cannot be understood is set aside, kept, and told of', async (t) => {
  const { open, dataDir } = await newVault(t);
  await mkdir(dataDir);
  const broken = ['{', '[]', '{"version":3,"accounts":{}}', '{"version":1,"accounts":{"a":{"owner":1}}}'];
  for (const text of broken) {
    await writeFile(join(dataDir, 'accounts.json'), text);
    const vault = open();
    const [trouble] = (await vault.load()).troubles;
    assert.ok(trouble?.code === 'data-set-aside');
    assert.match(trouble.setAsideAs, /^accounts\.json\.broken-[\dTZ.-]+$/);
    assert.equal(await readFile(join(dataDir, trouble.setAsideAs), 'utf8'), text);
    await vault.saveRecord('default', () => record);
    assert.equal((await vault.load()).troubles.length, 1);
    assert.deepEqual((await open().load()).troubles, []);
  }
  assert.equal((await readdir(dataDir)).filter((name) => name.includes('.broken-')).length, broken.length);
});

test('fields that a newer program added to a file of this version survive', async (t) => {
  const { open, dataDir } = await newVault(t);
  await saveCredential(open(), credential, () => record);
  const path = join(dataDir, 'accounts.json');
  const added = (await readFile(path, 'utf8'))
    .replace('"version": 2', '"version": 2, "newTop": 1')
    .replace('"owner": {', '"newField": 2, "owner": { "newOwner": 3,');
  await writeFile(path, added);
  await open().saveRecord('default', (old) => ({ ...old, loginExpiresAt: null }));
  const text = await readFile(path, 'utf8');
  for (const name of ['newTop', 'newField', 'newOwner']) assert.ok(text.includes(name), name);
  assert.equal((await open().load()).accounts[0]?.record?.loginExpiresAt, null);
});
