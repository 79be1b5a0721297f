import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { STORAGES, type Storage } from '../../../src-main/domain/storage.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { accountOf, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';

/** Signed in, with a keychain for secrets, and moved. */
async function stored(t: TestContext, storage: Storage) {
  const secrets = new MemoryKeychain();
  const stage = await signedIn(t, { secrets });
  const before = await stage.credential();
  await stage.login.storage.move('default', storage);
  return { stage, secrets, before };
}

const textOf = ({ configFile }: Stage) => readFile(configFile, 'utf8');
const secretOf = (secrets: MemoryKeychain) => secrets.copies.get('default')?.credential ?? assert.fail();
const codes = (login: Login) => accountOf(login).troubles.map(({ code }) => code);

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: what renews it is in the keychain, and not in the file`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    const text = await textOf(stage);
    assert.ok(!text.includes(String(before.refreshToken)));
    assert.equal(text.includes(before.accessToken), storage === 'access-only');
    assert.equal(secretOf(secrets).refreshToken, before.refreshToken);
    const { storage: shown, refreshable, troubles, history } = accountOf(stage.login);
    assert.deepEqual([shown, refreshable, troubles], [storage, true, []]);
    assert.ok(history.every(({ kind }) => kind === 'signed-in'));
  });

  test(`${storage}: renewed by this process, and by the next one`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    stage.clock.advance(8 * HOUR);
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    const second = secretOf(secrets);
    assert.notEqual(second.refreshToken, before.refreshToken);
    const text = await textOf(stage);
    assert.equal(text.includes(second.accessToken), storage === 'access-only');
    assert.ok(!text.includes(String(second.refreshToken)));

    const next = await stage.open({ secrets });
    await next.catchUp();
    assert.deepEqual(codes(next), []);
    stage.clock.advance(8 * HOUR);
    assert.equal((await next.refresh('default')).kind, 'refreshed');
    assert.equal(await next.accessToken('default', 0), secretOf(secrets).accessToken);
    // The first one takes over what the other process has renewed.
    await stage.login.catchUp();
    assert.equal(await stage.login.accessToken('default', 0), secretOf(secrets).accessToken);
    assert.deepEqual(codes(stage.login), []);
    assert.equal(await stage.server.refreshTokenState(String(secretOf(secrets).refreshToken)), 'live');
  });

  test(`${storage}: while the keychain is locked nobody is signed out, nothing is sent, and it goes on`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    secrets.isLocked = true;
    const next = await stage.open({ secrets });
    await next.catchUp();
    assert.deepEqual(codes(next), ['secret-locked']);
    assert.equal(accountOf(next).refreshable, true);
    assert.equal(accountOf(next).loginExpiresAt, accountOf(stage.login).loginExpiresAt);
    let sent = 0;
    stage.onTokenRequest = () => {
      sent++;
      return Promise.resolve();
    };
    stage.clock.advance(7.9 * HOUR);
    const refused = await next.refresh('default');
    assert.equal(refused.kind === 'refused' && refused.failure.code, 'secret-locked');
    // This one has the secret still, and finds nowhere to put its successor.
    const held = await stage.login.refresh('default');
    assert.equal(held.kind === 'refused' && held.failure.code, 'secret-locked');
    assert.deepEqual(codes(stage.login), ['secret-locked'], 'it says what has to be unlocked');
    await stage.login.storage.askKeychain();
    assert.deepEqual(codes(stage.login), ['secret-locked']);
    assert.equal(sent, 0);
    if (storage === 'access-only') assert.ok((await textOf(stage)).includes(before.accessToken));

    secrets.isLocked = false;
    await next.storage.askKeychain();
    assert.deepEqual(codes(next), []);
    assert.equal(sent, 1, 'it goes on by itself');
    assert.equal(accountOf(next).history.at(-1)?.kind, 'refreshed');
    await stage.login.storage.askKeychain();
    assert.deepEqual(codes(stage.login), []);
    assert.equal(sent, 1, 'what another one has renewed is not asked for again');
  });

  test(`${storage}: a keychain that locks after the request costs nothing`, async (t) => {
    const { stage, secrets } = await stored(t, storage);
    stage.clock.advance(7.9 * HOUR);
    stage.onTokenRequest = () => {
      secrets.isLocked = true;
      return Promise.resolve();
    };
    await stage.login.refresh('default');
    stage.onTokenRequest = () => Promise.resolve();
    secrets.isLocked = false;
    const next = await stage.open({ secrets });
    await next.catchUp();
    assert.equal(await stage.server.refreshTokenState(String(secretOf(secrets).refreshToken)), 'live');
    assert.ok(!(await textOf(stage)).includes(String(secretOf(secrets).refreshToken)));
    stage.clock.advance(8 * HOUR);
    assert.equal((await next.refresh('default')).kind, 'refreshed');
  });

  test(`${storage}: a keychain that has lost it says so`, async (t) => {
    const { stage, secrets } = await stored(t, storage);
    secrets.copies.clear();
    const next = await stage.open({ secrets });
    await next.catchUp();
    assert.deepEqual(codes(next), ['secret-missing']);
  });

  test(`${storage}: signed out while the keychain is locked, the file is clean, and what is left is told`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    secrets.isLocked = true;
    const next = await stage.open({ secrets });
    await next.catchUp();
    await assert.rejects(next.signOut('default'), { code: 'keychain-unavailable' });
    assert.deepEqual(next.snapshot.accounts, []);
    assert.ok(!(await textOf(stage)).includes(before.accessToken));
  });

  test(`${storage}: signed in again, and signed out`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    await stage.login.signIn('default');
    assert.equal(stage.login.snapshot.signIn?.phase, 'succeeded');
    const again = secretOf(secrets);
    assert.notEqual(again.refreshToken, before.refreshToken);
    assert.ok(!(await textOf(stage)).includes(String(again.refreshToken)));
    assert.equal(accountOf(stage.login).storage, storage);
    await stage.login.signOut('default');
    assert.equal(secrets.copies.size, 0);
    assert.deepEqual(stage.login.snapshot.accounts, []);
    assert.ok(!(await textOf(stage)).includes(again.accessToken));
  });
}

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: what another process renewed and could not note before it died is found, and not undone`, async (t) => {
    const { stage, secrets, before } = await stored(t, storage);
    const files = [stage.configFile, join(stage.dataDir, 'accounts.json')];
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    stage.clock.advance(8 * HOUR);
    const other = await stage.open({ secrets });
    assert.equal((await other.refresh('default')).kind, 'refreshed');
    for (const [at, file] of files.entries()) await writeFile(file, texts[at] ?? '');
    await rm(join(dirname(stage.configFile), '.config.yaml.latchkey-spent'), { force: true });
    const second = secretOf(secrets);

    await stage.login.refresh('default');
    assert.notEqual(secretOf(secrets).refreshToken, before.refreshToken);
    assert.equal(await stage.server.refreshTokenState(String(secretOf(secrets).refreshToken)), 'live');
    assert.equal(accountOf(stage.login).storage, storage);
    assert.ok(!(await textOf(stage)).includes(String(second.refreshToken)));
    stage.clock.advance(8 * HOUR);
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    assert.ok(!(await textOf(stage)).includes('refresh_token: sk-ant'));
  });

  test(`${storage}: a sign-in that fails takes nothing away that another process has put there`, async (t) => {
    const { stage, secrets } = await stored(t, storage);
    stage.clock.advance(8 * HOUR);
    const other = await stage.open({ secrets });
    assert.equal((await other.refresh('default')).kind, 'refreshed');
    const second = secretOf(secrets);
    stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
    await stage.login.signIn('default');
    assert.equal(stage.login.snapshot.signIn?.phase, 'failed');
    assert.deepEqual(secretOf(secrets), second);
  });

  test(`${storage}: a keychain that was locked here and renewed elsewhere is asked again, and nothing goes back`, async (t) => {
    const { stage, secrets } = await stored(t, storage);
    stage.clock.advance(8 * HOUR);
    secrets.isLocked = true;
    await stage.login.refresh('default');
    secrets.isLocked = false;
    const other = await stage.open({ secrets });
    stage.clock.advance(HOUR);
    assert.equal((await other.refresh('default')).kind, 'refreshed');
    const text = await textOf(stage);
    await stage.login.catchUp();
    assert.equal(await textOf(stage), text);
    assert.deepEqual(codes(stage.login), []);
    assert.equal(await stage.login.accessToken('default', 0), secretOf(secrets).accessToken);
  });
}

for (const from of STORAGES) {
  for (const to of STORAGES.filter((each) => each !== from)) {
    test(`moved from ${from} to ${to}, and what it says is true`, async (t) => {
      const { stage, secrets, before } = await stored(t, from);
      await stage.login.storage.move('default', to);
      const text = await textOf(stage);
      assert.equal(text.includes(before.accessToken), to !== 'keychain');
      assert.equal(text.includes(String(before.refreshToken)), to === 'config-file');
      assert.equal(secrets.copies.size, to === 'config-file' ? 0 : 1);
      assert.equal(accountOf(stage.login).storage, to);
      assert.deepEqual(codes(stage.login), []);
      const next = await stage.open({ secrets });
      await next.catchUp();
      stage.clock.advance(8 * HOUR);
      assert.equal((await next.refresh('default')).kind, 'refreshed');
      assert.deepEqual(codes(next), []);
    });
  }
}

test('where every account is in the file nobody looks for a copy in the secrets', async (t) => {
  const secrets = new MemoryKeychain();
  let asked = 0;
  secrets.read = () => {
    asked++;
    return Promise.resolve([]);
  };
  const stage = await signedIn(t, { secrets });
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await stage.login.catchUp();
  assert.deepEqual(codes(stage.login), ['entry-removed']);
  await stage.login.signOut('default');
  assert.equal(asked, 0);
});

test('a keychain that takes nothing leaves it where it was', async (t) => {
  const secrets = new MemoryKeychain();
  const stage = await signedIn(t, { secrets });
  secrets.isLocked = true;
  const before = await textOf(stage);
  await assert.rejects(stage.login.storage.move('default', 'access-only'), { code: 'keychain-unavailable' });
  assert.equal(await textOf(stage), before);
  assert.equal(accountOf(stage.login).storage, 'config-file');
});

test('another program that takes the entry out is told, and it is put back as it was', async (t) => {
  const { stage, secrets, before } = await stored(t, 'access-only');
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await stage.login.catchUp();
  assert.deepEqual(codes(stage.login), ['entry-removed']);
  await stage.login.putBack('default');
  const text = await textOf(stage);
  assert.ok(text.includes(before.accessToken) && !text.includes(String(before.refreshToken)));
  assert.equal(secretOf(secrets).refreshToken, before.refreshToken);
  assert.deepEqual(codes(stage.login), []);
});

test('another program that gives the entry another id takes nothing away', async (t) => {
  const { stage, secrets } = await stored(t, 'access-only');
  await writeAsOthersDo(stage.configFile, (await textOf(stage)).replace('id: default', 'id: work'));
  await stage.login.catchUp();
  const next = await stage.open({ secrets });
  await next.catchUp();
  stage.clock.advance(8 * HOUR);
  assert.equal((await next.refresh('work')).kind, 'refreshed');
  const secret = secrets.copies.get('work')?.credential;
  assert.equal(await stage.server.refreshTokenState(String(secret?.refreshToken)), 'live');
  assert.ok(!(await textOf(stage)).includes(String(secret?.refreshToken)));
  assert.deepEqual([...secrets.copies.keys()], ['work']);
});

test('one that got another id, and is signed out before it is renewed, leaves no secret', async (t) => {
  const { stage, secrets } = await stored(t, 'access-only');
  await writeAsOthersDo(stage.configFile, (await textOf(stage)).replace('id: default', 'id: work'));
  await stage.login.catchUp();
  await stage.login.signOut('work');
  assert.deepEqual([...secrets.copies.keys()], []);
});

test('another program that signs in under the id gets the whole entry, and ours is not lost', async (t) => {
  const { stage, secrets, before } = await stored(t, 'access-only');
  const foreign = await stage.foreignCredential();
  const text = await textOf(stage);
  await writeAsOthersDo(
    stage.configFile,
    text
      .replace(before.accessToken, foreign.accessToken)
      .replace(/refresh_token:.*/, `refresh_token: ${String(foreign.refreshToken)}`),
  );
  await stage.login.catchUp();
  assert.ok((await textOf(stage)).includes(String(foreign.refreshToken)));
  assert.equal(accountOf(stage.login).storage, 'config-file');
  assert.equal(secretOf(secrets).refreshToken, before.refreshToken);
  const rescue = await readFile(join(stage.dataDir, 'rescue.json'), 'utf8').catch(() => '');
  assert.ok(!rescue.includes(String(before.refreshToken)), 'what the keychain has is in no file');
});
