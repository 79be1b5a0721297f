import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
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
