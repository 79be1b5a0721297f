import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { credentialDigest } from '../../../src-main/vault/credential-trace.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { credential, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

/** A data folder as version 1 of its files had it: nothing says of which config file they are. */
async function older(t: TestContext, rescued: readonly (typeof credential)[] = []) {
  const folder = await temporaryFolder(t);
  const [configFile, dataDir] = [join(folder, 'config', 'config.yaml'), join(folder, 'data')];
  const open = (file = configFile) => new Vault({ configFile: file, dataDir, keychain: null });
  await saveCredential(open(), credential, () => record);
  const text = (value: number | null) => (value === null ? null : new Date(value).toISOString());
  const known = {
    digest: credentialDigest(credential),
    past: [],
    accessExpiresAt: text(credential.accessExpiresAt),
  };
  const stored = {
    ...record,
    accessIssuedAt: text(record.accessIssuedAt),
    loginIssuedAt: text(record.loginIssuedAt),
    loginExpiresAt: text(record.loginExpiresAt),
    history: [{ at: text(record.accessIssuedAt), kind: 'signed-in' }],
    known,
  };
  await writeFile(
    join(dataDir, 'accounts.json'),
    JSON.stringify({ version: 1, accounts: { default: stored }, added: 1 }),
  );
  const credentials = rescued.map((each) => ({ ...each, accessExpiresAt: text(each.accessExpiresAt) }));
  await writeFile(join(dataDir, 'rescue.json'), JSON.stringify({ version: 1, credentials }));
  return { folder, configFile, dataDir, open };
}

test('what an older version knew is taken over for the file that it knew', async (t) => {
  const { open, dataDir } = await older(t);
  const { accounts, troubles } = await open().load();
  assert.deepEqual(troubles, []);
  assert.deepEqual(
    accounts.map(({ id, change, record: stored }) => [
      id,
      change,
      stored?.owner?.email,
      stored?.history.length,
    ]),
    [['default', 'same', 'ada@example.org', 1]],
  );
  const vault = open();
  await vault.load();
  await vault.saveRecord('default', (old) => ({ ...old, loginExpiresAt: null }));
  const text = await readFile(join(dataDir, 'accounts.json'), 'utf8');
  assert.match(text, /"version": 2/);
  assert.match(text, /"added": 1/);
  assert.equal((await open().load()).accounts[0]?.record?.owner?.email, 'ada@example.org');
});

test('for a file that holds other logins it is not, and it stays for its own', async (t) => {
  const { open, folder } = await older(t, [{ ...credential, accessToken: 'kept', refreshToken: 'kept too' }]);
  const second = join(folder, 'second', 'config.yaml');
  await mkdir(dirname(second));
  const theirs = { ...credential, accessToken: 'theirs', refreshToken: 'their refresh' };
  await writeFile(
    second,
    `providers:\n  anthropic:\n    oauth_credentials:\n      - id: default\n        client_id: ${theirs.clientId}\n        access_token: theirs\n        refresh_token: their refresh\n`,
  );
  const vault = open(second);
  const [account] = (await vault.load()).accounts;
  assert.deepEqual([account?.change, account?.record, account?.whereabouts], ['new', null, 'config-file']);
  await vault.saveAgain(0);
  await vault.saveRecord('default', () => record);
  assert.match(await readFile(second, 'utf8'), /their refresh/);

  const [own] = (await open().load()).accounts;
  assert.equal(own?.record?.history.length, 1);
  assert.equal(own.hasCopy, true);
});

test('a credential that an older version had rescued goes into its file', async (t) => {
  const renewed = { ...credential, accessToken: 'renewed', refreshToken: 'renewed too' };
  const { open, configFile, dataDir } = await older(t, [renewed]);
  // As it left it: the rescued one is the known one, and the entry its predecessor.
  const path = join(dataDir, 'accounts.json');
  const text = (await readFile(path, 'utf8'))
    .replace(credentialDigest(credential), credentialDigest(renewed))
    .replace('"past":[]', `"past":["${credentialDigest(credential)}"]`);
  await writeFile(path, text);
  const vault = open();
  assert.equal((await vault.load()).accounts[0]?.whereabouts, 'own-folder');
  await vault.saveAgain(0);
  assert.match(await readFile(configFile, 'utf8'), /renewed too/);
  assert.doesNotMatch(await readFile(join(dataDir, 'rescue.json'), 'utf8'), /renewed/);
});
