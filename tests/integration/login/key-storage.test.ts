import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { failureOf } from '../../../src-main/domain/failure.ts';
import { SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { PRACTICE_KEYS } from '../../support/practice/models-endpoint.ts';
import { FilePasswords } from '../../support/vault/file-passwords.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

const KEY = PRACTICE_KEYS.good;
const codes = ({ snapshot }: Login) => snapshot.troubles.map(({ code }) => code);
const code = (expected: string) => (error: unknown) => failureOf(error).code === expected;

/** Signed in, and a key in the keychain, which is tested. */
async function kept(t: TestContext) {
  const apiKeys = new FilePasswords(join(await temporaryFolder(t), 'keychain.json'));
  const stage = await signedIn(t, { apiKeys });
  const { login } = stage;
  await (
    await login.keys.set(KEY, false, 'keychain')
  ).tested;
  const text = () => readFile(stage.configFile, 'utf8');
  return { stage, login, apiKeys, text };
}

test('what another process moves is shown at once, though the config file may be the same', async (t) => {
  const { stage, login, apiKeys } = await kept(t);
  login.keep();
  const other = await stage.open({ apiKeys });
  const shows = (what: string, is: (apiKey: Login['snapshot']['apiKey']) => boolean) =>
    until(what, () => (is(login.snapshot.apiKey) ? true : undefined), 5_000);
  await other.keys.move('config-file');
  await shows('the file', ({ storage, beside }) => storage === 'config-file' && beside === null);
  await other.keys.move('keychain');
  await shows('the keychain', ({ storage }) => storage === 'keychain');
  // Only the keychain, and what is remembered of it.
  await other.keys.remove();
  await shows('none', ({ own }) => own === null);
  await (
    await other.keys.set(KEY, false, 'keychain')
  ).tested;
  await shows('it again', ({ own, test }) => own !== null && test?.failure === null);
  assert.deepEqual(codes(login), []);
});

test('removed from the keychain it comes back there, with what was known of it, for ten seconds', async (t) => {
  const { stage, login, apiKeys, text } = await kept(t);
  const before = login.snapshot.apiKey;
  await login.keys.remove();
  assert.deepEqual(apiKeys.all(), {});
  const { own, undo } = login.snapshot.apiKey;
  assert.deepEqual([own, undo], [null, { until: stage.clock.now() + 10 * SECOND, to: 'keychain' }]);
  await login.keys.undoRemove();
  assert.deepEqual(login.snapshot.apiKey, before);
  assert.deepEqual(Object.values(apiKeys.all()), [KEY]);
  assert.ok(!(await text()).includes(KEY));
  await login.keys.remove();
  stage.clock.advance(11 * SECOND);
  await login.keys.undoRemove();
  assert.equal(login.snapshot.apiKey.own, null);
});

test('the one in the keychain that does not count is removed alone, and comes back', async (t) => {
  const { login, apiKeys, text } = await kept(t);
  await login.keys.move('config-file');
  const theirs = await text();
  await login.keys.move('keychain');
  await writeFile(join(login.snapshot.surroundings.configFile), theirs.replace(KEY, PRACTICE_KEYS.nocredit));
  await login.catchUp();
  assert.deepEqual(codes(login), ['key-in-both']);
  await login.keys.remove('keychain');
  assert.deepEqual([codes(login), apiKeys.all()], [[], {}]);
  assert.equal(login.snapshot.apiKey.undo?.to, 'keychain');
  await login.keys.undoRemove();
  assert.deepEqual([codes(login), Object.values(apiKeys.all())], [['key-in-both'], [KEY]]);
  assert.equal(await login.keys.read(), PRACTICE_KEYS.nocredit);
});

test('a locked keychain: the key is shown, what needs it is told, and an unlocked one goes on', async (t) => {
  const { stage, login, apiKeys } = await kept(t);
  apiKeys.obstacle = 'locked';
  const next = await stage.open({ apiKeys });
  assert.deepEqual(next.snapshot.apiKey.own, login.snapshot.apiKey.own);
  assert.deepEqual(codes(next), []);
  await assert.rejects(next.keys.test(), code('key-locked'));
  await assert.rejects(next.keys.read(), code('key-locked'));
  await assert.rejects(next.keys.move('config-file'), code('key-locked'));
  await assert.rejects(next.keys.remove(), code('key-locked'));
  assert.equal(next.snapshot.apiKey.storage, 'keychain');
  apiKeys.obstacle = null;
  assert.equal(await next.keys.test(), null);
});
