import assert from 'node:assert/strict';
import { readFile, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import {
  forkKeychainHelper,
  secretServiceName,
  SystemKeychain,
} from '../../../src-main/vault/keychain/keychain.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
import { keychainHelper } from '../../support/vault/sample-keychain.ts';
import { privateKeyring } from '../../support/vault/private-keyring.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const skip = process.platform !== 'linux' && 'a keyring of the test’s own exists on Linux only';

test('without a keychain there is nowhere to move it, and it stays', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const run = (...words: string[]) => terminal.run(words, variablesOf(stage, 18_866));
  const told = await run('storage');
  assert.deepEqual(told, { code: 0, out: 'Stored: ~/shared/config.yaml\n', error: '' });
  const refused = await run('storage', 'access-only');
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.match(refused.error, /keychain/);
  assert.equal((await run('storage', 'elsewhere')).code, 2);
  assert.deepEqual(await run('storage', '--json'), {
    code: 0,
    out: '{"id":"default","storage":"config-file"}\n',
    error: '',
  });
});

test('in a real keyring, locked and unlocked: moved, used, renewed, signed out', { skip }, async (t) => {
  await terminal.installKeychain();
  const keyring = await privateKeyring(t);
  const stage = await signedIn(t, { clock: systemClock });
  const before = await stage.credential();
  const variables = () => ({
    ...variablesOf(stage, 18_866),
    DBUS_SESSION_BUS_ADDRESS: String(process.env['DBUS_SESSION_BUS_ADDRESS']),
  });
  const run = (...words: string[]) => terminal.run(words, variables());
  const text = () => readFile(stage.configFile, 'utf8');
  const storage = async () =>
    (JSON.parse((await run('storage', '--json')).out) as { readonly storage: string }).storage;

  assert.deepEqual(await run('storage', 'access-only', '--json'), {
    code: 0,
    out: '{"id":"default","storage":"access-only"}\n',
    error: '',
  });
  assert.ok((await text()).includes(before.accessToken));
  assert.ok(!(await text()).includes(String(before.refreshToken)));
  assert.equal((await run('refresh')).code, 0);
  // Asked twice: the second one may be answered without opening more than it needs.
  const [first, second] = [await run('token'), await run('token')];
  assert.deepEqual(second, first);
  assert.ok((await text()).includes(first.out.trim()));

  assert.equal((await run('storage', 'keychain')).code, 0);
  assert.ok(!(await text()).includes(first.out.trim()));
  assert.equal((await run('token')).out, first.out);
  assert.equal((await run('token')).out, first.out);
  assert.equal(await storage(), 'keychain');

  await keyring.lock();
  const locked = await run('token');
  assert.deepEqual([locked.code, locked.out], [1, '']);
  assert.match(locked.error, /keychain is locked/i);
  const status = await run('status');
  assert.doesNotMatch(status.out, /signed out|not signed in/i);
  assert.match(status.out + status.error, /keychain is locked/i);

  await keyring.unlock();
  assert.equal((await run('token')).out, first.out);
  // Else a refresh would be a second click.
  const vault = new Vault({ configFile: stage.configFile, dataDir: stage.dataDir, keychain: null });
  await vault.saveRecord('default', (known) => ({ ...known, accessIssuedAt: Date.now() - HOUR }));
  assert.equal((await run('refresh')).code, 0);
  const renewed = (await run('token')).out;
  assert.notEqual(renewed, first.out);
  assert.ok(!(await text()).includes(renewed.trim()));
  assert.equal((await run('logout')).code, 0);
  assert.equal((await run('token')).code, 3);
});

for (const how of ['named otherwise', 'moved and linked'] as const) {
  test(`in a real keyring: a file that is ${how} takes its secret along`, { skip }, async (t) => {
    await terminal.installKeychain();
    await privateKeyring(t);
    const stage = await signedIn(t, { clock: systemClock });
    const moved = join(stage.folder, 'moved.yaml');
    const run = (configFile: string, ...words: string[]) =>
      terminal.run(words, {
        ...variablesOf(stage, 18_866),
        LATCHKEY_CONFIG_FILE: configFile,
        DBUS_SESSION_BUS_ADDRESS: String(process.env['DBUS_SESSION_BUS_ADDRESS']),
      });
    assert.equal((await run(stage.configFile, 'storage', 'access-only')).code, 0);
    const before = (await run(stage.configFile, 'token')).out;
    await rename(stage.configFile, moved);
    if (how === 'moved and linked') await symlink(moved, stage.configFile);
    const path = how === 'moved and linked' ? stage.configFile : moved;
    assert.deepEqual(await run(path, 'token'), { code: 0, out: before, error: '' });
    assert.equal((await run(path, 'storage', '--json')).out, '{"id":"default","storage":"access-only"}\n');
    assert.deepEqual(await run(path, 'refresh', '--json').then(({ code, error }) => [code, error]), [0, '']);
    const secrets = (name: string) =>
      new SystemKeychain(
        () => Promise.resolve([secretServiceName(name)]),
        () => forkKeychainHelper(keychainHelper),
      ).read();
    const [secret] = await secrets(moved);
    assert.equal(await stage.server.refreshTokenState(String(secret?.credential.refreshToken)), 'live');
    assert.deepEqual(await secrets(stage.configFile), [], 'nothing is left under the former name');
    assert.equal((await run(path, 'logout')).code, 0);
    assert.deepEqual(await secrets(moved), []);
  });
}
