import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ConfigFile } from '../../../src-main/vault/config/config-file.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { saving } from '../../support/vault/edits.ts';
import { FileKeychain } from '../../support/vault/file-keychain.ts';
import { credential, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

// The program and the module as Debian has them (golang-go, golang-gopkg-yaml.v3-dev): nothing is fetched.
const isGoThere = spawnSync('go', ['version']).error === undefined;
const go = { skip: isGoThere ? false : 'go is not installed' };
const source = fileURLToPath(new URL('../../support/go-reader/main.go', import.meta.url));
const built = await mkdtemp(join(tmpdir(), 'latchkey-go-'));
after(() => rm(built, { recursive: true }));
const program = join(built, 'reader');
if (isGoThere) {
  const env = {
    PATH: process.env['PATH'],
    HOME: built,
    GOCACHE: join(built, 'cache'),
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOFLAGS: '',
  };
  execFileSync('go', ['build', '-o', program, source], { env });
}
const KEY = `sk-ant-api03-${'Key_-'.repeat(18)}wxyz`;

interface GoProvider {
  readonly api_key: string;
  readonly api_keys: readonly string[] | null;
  readonly oauth_credentials: readonly Readonly<Record<string, unknown>>[] | null;
}

async function stage(t: TestContext, before = '') {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  if (before !== '') await writeFile(path, before, { mode: 0o600 });
  const file = new ConfigFile(path, { journalFolder: folder, settleMs: 50 });
  const run = async (...words: readonly string[]) => {
    const [what = '', ...rest] = words;
    return (await promisify(execFile)(program, [what, path, ...rest])).stdout;
  };
  return {
    path,
    file,
    read: async () => JSON.parse(await run('read')) as GoProvider,
    write: (key: string) => run('write', key),
  };
}

test(
  'a Go program reads the entry and the key that we wrote, and none once the key is removed',
  go,
  async (t) => {
    const { path, file, read } = await stage(t, '# mine\nserver: {port: 1}\n');
    await file.edit(saving(credential));
    await file.edit(() => [{ kind: 'set-api-key', key: KEY }]);
    const whole = await readFile(path, 'utf8');
    const { api_key: key, oauth_credentials: entries } = await read();
    assert.equal(key, KEY);
    const [entry] = entries ?? [];
    assert.equal(entry?.['id'], credential.id);
    assert.equal(entry['access_token'], credential.accessToken);
    assert.equal(entry['refresh_token'], credential.refreshToken);
    assert.deepEqual(entry['scopes'], credential.scopes);
    assert.equal(Date.parse(String(entry['expires_at'])), credential.accessExpiresAt);
    await file.edit(() => [{ kind: 'set-api-key', key: '' }]);
    assert.equal((await read()).api_key, '');
    await file.edit(() => [{ kind: 'set-api-key', key: KEY }]);
    assert.equal(await readFile(path, 'utf8'), whole);
  },
);

test('whatever the quotes, the key is the same text to a Go program', go, async (t) => {
  for (const old of ["'old'", '"old"', 'old', '>-\n      old', '${A}']) {
    const { file, read } = await stage(t, `providers:\n  anthropic:\n    api_key: ${old} \n`);
    await file.edit(() => [{ kind: 'set-api-key', key: KEY }]);
    assert.equal((await read()).api_key, KEY, old);
  }
});

test('what a Go program writes back is read by us, the entry and the key', go, async (t) => {
  const { file, write } = await stage(t, 'providers:\n  anthropic:\n    api_keys: [a, b]\n');
  await file.edit(saving(credential));
  await write(KEY);
  const { entries, keys } = await file.read();
  assert.deepEqual(keys, { own: KEY, listed: ['a', 'b'] });
  assert.deepEqual(
    entries.map((each) => each.credential),
    [credential],
  );
});

for (const storage of ['access-only', 'keychain'] as const) {
  test(
    `a Go program reads the file of an account in ${storage}, and what it writes back is read`,
    go,
    async (t) => {
      const { path, read, write } = await stage(t);
      const dataDir = await temporaryFolder(t);
      const vault = new Vault({
        configFile: path,
        dataDir,
        keychain: null,
        settleMs: 50,
        secrets: new FileKeychain(join(dataDir, 'keychain.json')),
      });
      await saveCredential(vault, credential, () => record);
      await vault.exclusively(() => vault.moveStorage('default', storage));
      const { oauth_credentials: entries } = await read();
      assert.deepEqual(
        (entries ?? []).map(({ access_token: access, refresh_token: refresh }) => [access, refresh]),
        storage === 'access-only' ? [[credential.accessToken, '']] : [],
      );
      await write(KEY);
      const { accounts, troubles } = await vault.load();
      assert.deepEqual(troubles, []);
      assert.deepEqual(accounts[0]?.credential?.refreshToken, credential.refreshToken);
      assert.equal(accounts[0].whereabouts, 'config-file');
    },
  );
}
