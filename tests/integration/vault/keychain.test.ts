import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { forkKeychainHelper, SystemKeychain } from '../../../src-main/vault/keychain/keychain.ts';
import { commandLine, listProcesses } from '../../support/desktop/processes.ts';
import { until } from '../../support/desktop/until.ts';
import { exitCode, startChild } from '../../support/vault/child.ts';
import { busWithoutKeyring, privateKeyring, useBus } from '../../support/vault/private-keyring.ts';
import { credential, failure, temporaryFolder } from '../../support/vault/sample.ts';
import { keychainHelper } from '../../support/vault/sample-keychain.ts';

const SERVICE = 'Latchkey test (/home/ada/config.yaml)';
const skip = process.platform !== 'linux' && 'a keyring of the test’s own exists on Linux only';

const open = ({
  service = SERVICE,
  former = [] as readonly string[],
  callLimit = 5_000,
  helper = keychainHelper,
} = {}) =>
  new SystemKeychain(
    () => Promise.resolve([service, ...former]),
    () => forkKeychainHelper(helper),
    callLimit,
  );

const copyOf = (each: Credential) => ({ credential: each, replaces: [] });
const read = async (keychain: SystemKeychain) => (await keychain.read()).map(({ credential: each }) => each);

const unavailable = (reason: string) => failure({ code: 'keychain-unavailable', reason });

/** What a process of its own reads, and how long that took it from start to end. */
async function readElsewhere(t: TestContext, callLimit: number) {
  const started = performance.now();
  const child = startChild(t, 'read-keychain.ts', SERVICE, String(callLimit));
  assert.ok(child.stdout);
  const answer: unknown = JSON.parse(await text(child.stdout));
  assert.equal(await exitCode(child), 0);
  return { answer, milliseconds: performance.now() - started };
}

test('a copy is kept whole, replaced and forgotten, and each service has its own', { skip }, async (t) => {
  await privateKeyring(t);
  const keychain = open();
  assert.deepEqual(await keychain.read(), []);
  await keychain.forget(['default']);

  const work = { ...credential, id: 'work', refreshToken: null, accessExpiresAt: null, scopes: [] };
  await keychain.keep([copyOf(credential)]);
  await keychain.keep([copyOf(work)]);
  const byId = async () => (await read(keychain)).sort((a, b) => a.id.localeCompare(b.id));
  assert.deepEqual(await byId(), [credential, work]);
  const { answer } = await readElsewhere(t, 5_000);
  assert.deepEqual((answer as string[]).toSorted(), ['default', 'work']);
  assert.deepEqual(await open({ service: 'another' }).read(), []);

  const newer = { ...credential, accessToken: 'newer' };
  await keychain.keep([copyOf(newer)]);
  assert.deepEqual(await byId(), [newer, work]);
  await keychain.forget(['work']);
  assert.deepEqual(await byId(), [newer]);
});

test('ids of any kind are kept, and what is under a former name is told so', { skip }, async (t) => {
  await privateKeyring(t);
  const keychain = open({ former: ['former'] });
  const ids = ['', ' ', '__proto__', 'a\u0000b\n', 'ü'.repeat(3), 'long '.repeat(20_000)];
  await keychain.keep(ids.map((id) => copyOf({ ...credential, id })));
  assert.deepEqual((await read(keychain)).map(({ id }) => id).sort(), ids.toSorted());
  await keychain.forget(ids.slice(1));
  assert.deepEqual(await read(keychain), [{ ...credential, id: '' }]);

  await open({ service: 'former' }).keep([copyOf(credential)]);
  const isFormer = new Map((await keychain.read()).map((copy) => [copy.credential.id, copy.isFormer]));
  assert.deepEqual(
    isFormer,
    new Map([
      ['', false],
      ['default', true],
    ]),
  );
  await keychain.forget(['', 'default']);
  assert.deepEqual(await open({ service: 'former' }).read(), []);
});

test(
  'the password of a proxy is kept apart from the copies, under the user and the proxy',
  { skip },
  async (t) => {
    await privateKeyring(t);
    const keychain = open();
    const proxyPasswords = keychain.passwords('proxies');
    assert.equal(await proxyPasswords.read('ada@proxy.example:3128'), null);
    await proxyPasswords.keep('ada@proxy.example:3128', 'p@ss: word');
    await proxyPasswords.keep('ada@other.example:3128', 'another');
    assert.equal(await open().passwords('proxies').read('ada@proxy.example:3128'), 'p@ss: word');
    assert.deepEqual(await keychain.read(), []);
    await proxyPasswords.forget('ada@proxy.example:3128');
    assert.equal(await proxyPasswords.read('ada@proxy.example:3128'), null);
    assert.equal(await proxyPasswords.read('ada@other.example:3128'), 'another');
  },
);

test('calls are carried out in the order in which they were made', { skip }, async (t) => {
  await privateKeyring(t);
  const keychain = open();
  const [, , first, , second] = await Promise.all([
    keychain.keep([copyOf(credential)]),
    keychain.keep([copyOf({ ...credential, accessToken: 'newer' })]),
    keychain.read(),
    keychain.forget(['default']),
    keychain.read(),
  ]);
  assert.deepEqual([first.map((each) => each.credential.accessToken), second], [['newer'], []]);
});

test('what cannot be understood is left out and left alone', { skip }, async (t) => {
  await privateKeyring(t);
  const helper = await forkKeychainHelper(keychainHelper);
  for (const [account, content] of [
    ['newer', JSON.stringify({ version: 2 })],
    ['foreign', 'no JSON'],
  ] as const) {
    helper.postMessage({ do: 'keep', service: SERVICE, items: [{ account, text: content }] });
    await new Promise<void>((resolve) => helper.on('message', () => resolve()));
  }
  await open().keep([copyOf(credential)]);
  assert.deepEqual(await read(open()), [credential]);

  helper.postMessage({ do: 'read', services: [SERVICE] });
  const answer = await new Promise<unknown>((resolve) => helper.on('message', resolve));
  helper.kill();
  assert.ok(typeof answer === 'object' && answer !== null && 'items' in answer);
  assert.equal(Array.isArray(answer.items) && answer.items.length, 3);
});

test('without a Secret Service, or a bus to look on, every call says so at once', { skip }, async (t) => {
  const started = performance.now();
  const callLimit = 60_000;
  const refuses = async () => {
    const keychain = open({ callLimit });
    await assert.rejects(keychain.keep([copyOf(credential)]), unavailable('no-service'));
    await assert.rejects(keychain.read(), unavailable('no-service'));
    await assert.rejects(keychain.forget(['default']), unavailable('no-service'));
  };
  await busWithoutKeyring(t);
  await refuses();
  useBus(t, `unix:path=${join(await temporaryFolder(t), 'nobody-listens')}`);
  await refuses();
  // Six processes began and ended: on a loaded machine that takes seconds.
  assert.ok(performance.now() - started < callLimit / 2);
});

test('a locked keyring is told as such, without a crash of ours', { skip }, async (t) => {
  const keyring = await privateKeyring(t);
  const keychain = open();
  await keychain.keep([copyOf(credential)]);
  await keyring.lock();
  await assert.rejects(keychain.keep([copyOf(credential)]), unavailable('locked'));
  await assert.rejects(keychain.read(), unavailable('locked'));
  await assert.rejects(keychain.forget(['default']), unavailable('locked'));
});

test('a keyring that hangs is given up on, and used again once it answers', { skip }, async (t) => {
  const keyring = await privateKeyring(t);
  const keychain = open({ callLimit: 3_000 });
  keyring.freeze();
  const started = performance.now();
  const calls = [keychain.keep([copyOf(credential)]), keychain.read(), keychain.forget(['default'])];
  for (const call of calls) call.catch(() => undefined);
  for (const call of calls) await assert.rejects(call, unavailable('no-answer'));
  const given = performance.now();
  assert.ok(given - started < 5_900, 'only one call waits');
  await assert.rejects(keychain.read(), unavailable('no-answer'));
  assert.ok(performance.now() - given < 1_000, 'and none once it is known');
  assert.equal(helpersRunning(), 1);

  keyring.thaw();
  // The call that hung is carried out after all.
  assert.deepEqual(await until('an answer', () => read(keychain)), [credential]);
});

test('a process that gave up on a hanging keyring ends, and leaves nothing behind', { skip }, async (t) => {
  const keyring = await privateKeyring(t);
  keyring.freeze();
  const { answer, milliseconds } = await readElsewhere(t, 300);
  assert.deepEqual(answer, { code: 'keychain-unavailable', reason: 'no-answer' });
  assert.ok(milliseconds < 3_000, `${milliseconds} ms`);
  await until('the helper’s end', () => (helpersRunning() === 0 ? true : undefined));
});

test('a process that is killed in the middle of a call leaves nothing behind', { skip }, async (t) => {
  const keyring = await privateKeyring(t);
  keyring.freeze();
  const child = startChild(t, 'read-keychain.ts', SERVICE, '60000');
  await until('a helper', () => (helpersRunning() === 1 ? true : undefined));
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until('the helper’s end', () => (helpersRunning() === 0 ? true : undefined));
});

test('without keytar, and without the helper itself, a call says so', async (t) => {
  // Out of reach of node_modules.
  const helper = join(await temporaryFolder(t), 'keychain-helper.mts');
  await copyFile(keychainHelper, helper);
  await assert.rejects(open({ helper }).read(), unavailable('not-installed'));
  await assert.rejects(open({ helper: `${helper}.gone` }).read(), unavailable('refused'));
  await assert.rejects(
    new SystemKeychain(
      () => Promise.resolve([SERVICE]),
      () => Promise.reject(new Error('no process')),
    ).read(),
    unavailable('refused'),
  );
});

/** How many helpers use the keyring of this test. */
function helpersRunning(): number {
  const bus = String(process.env['DBUS_SESSION_BUS_ADDRESS']);
  return listProcesses().filter(({ pid, zombie }) => {
    if (zombie || !commandLine(pid).includes(keychainHelper)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(bus);
    } catch {
      // It ended meanwhile.
      return false;
    }
  }).length;
}
