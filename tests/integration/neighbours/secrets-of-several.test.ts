import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Storage } from '../../../src-main/domain/storage.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { crashAtRename } from './crash.ts';
import { block, codes, graces, iso, isHeld, spentBeside, text, times, write } from './kit.ts';

/** Signed in, with keychains for copies and for secrets, and moved. */
async function stored(t: TestContext, storage: Storage) {
  const kept = { secrets: new MemoryKeychain(), keychain: new MemoryKeychain() };
  const stage = await signedIn(t, kept);
  const ours = await stage.credential();
  await stage.login.storage.move('default', storage);
  return { stage, kept, ours };
}

const isSecret = ({ secrets }: { readonly secrets: MemoryKeychain }, token: string | null) =>
  [...secrets.copies.values()].some(({ credential }) => credential.refreshToken === token);

/** One more account, of Grace. */
async function withGrace(stage: Stage, kept: { readonly secrets: MemoryKeychain }) {
  const login = await stage.open({ ...kept, openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await login.catchUp();
  await login.signIn(null);
  return login;
}

test('an entry whose secret is in the keychain was copied to another id: signing that out keeps the first one', async (t) => {
  const { stage, kept, ours } = await stored(t, 'access-only');
  const { login, clock, configFile } = stage;
  const whole = await text(stage);
  const entry = whole.slice(whole.search(/^ *- id:/m)).replace('default', 'other');
  await writeAsOthersDo(configFile, `${whole.trimEnd()}\n${entry}`);
  await login.catchUp();
  await login.signOut('other');
  assert.ok(isSecret(kept, ours.refreshToken), 'it is nowhere');
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

for (const what of ['signed out', 'moved into the keychain'] as const) {
  test(`its entry got another id, and a new account the old one, which is ${what}: the first one lives`, async (t) => {
    const { stage, kept, ours } = await stored(t, 'access-only');
    const { login, clock, configFile } = stage;
    await writeAsOthersDo(configFile, (await text(stage)).replace('id: default', 'id: work'));
    await login.catchUp();
    const later = await withGrace(stage, kept);
    if (what === 'signed out') await later.signOut('default');
    else await later.storage.move('default', 'keychain');
    assert.ok(isSecret(kept, ours.refreshToken), 'it is nowhere');
    clock.advance(8 * HOUR);
    assert.equal((await later.refresh('work')).kind, 'refreshed');
    if (what !== 'signed out') assert.equal((await later.refresh('default')).kind, 'refreshed');
  });
}

test('two of them change their ids with each other: both are renewed', async (t) => {
  const { stage, kept } = await stored(t, 'access-only');
  const { clock, configFile } = stage;
  const login = await withGrace(stage, kept);
  await login.storage.move('account-2', 'access-only');
  const swap = { default: 'account-2', 'account-2': 'default' } as Readonly<Record<string, string>>;
  const swapped = (await text(stage)).replace(/(?<=id: )(default|account-2)$/gm, (id) => String(swap[id]));
  await writeAsOthersDo(configFile, swapped);
  const tokens = [...kept.secrets.copies.values()].map(({ credential }) => credential.refreshToken);
  const later = await stage.open(kept);
  await later.catchUp();
  clock.advance(8 * HOUR);
  for (const id of ['default', 'account-2']) assert.equal((await later.refresh(id)).kind, 'refreshed');
  assert.deepEqual(tokens.map(times), [1, 1]);
});

for (const storage of ['access-only', 'keychain'] as const) {
  for (const what of ['signs out', 'moves into the keychain'] as const) {
    test(`${storage}: a Latchkey with another data folder signs in under the id, and ${what}: ours lives`, async (t) => {
      const kept = { secrets: new MemoryKeychain(), keychain: new MemoryKeychain() };
      const stage = await signedIn(t, kept);
      const { login, clock, folder } = stage;
      const ours = await stage.credential();
      const other = await stage.open({ ...kept, dataDir: join(folder, 'data-of-another') });
      await other.catchUp();
      await login.storage.move('default', storage);
      await other.catchUp();
      await other.signIn();
      if (what === 'signs out') await other.signOut('default');
      else await other.storage.move('default', 'keychain');
      assert.ok(isSecret(kept, ours.refreshToken), 'it is nowhere');
      if (storage === 'access-only') return;
      await login.catchUp();
      clock.advance(8 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      assert.equal(times(ours.refreshToken), 1);
    });
  }
}

test('somebody else signed in over it, and that is moved before it is told whose it is: ours is not written over', async (t) => {
  const { stage, kept, ours } = await stored(t, 'access-only');
  const { login, clock } = stage;
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.storage.move('default', 'access-only');
  assert.notDeepEqual(await isHeld(ours.refreshToken, stage, kept.secrets), [], 'ours is nowhere');
});

for (const storage of ['keychain', 'access-only'] as const) {
  test(`a sign-in over it, of which nobody tells whose it is: ours is offered once, and goes on (${storage})`, async (t) => {
    const { stage, ours } = await stored(t, storage);
    const { login, server, clock } = stage;
    server.setMood({
      endpoint: 'profile',
      times: 9,
      behaviour: { kind: 'answer', status: 403, body: {} },
    });
    const untold = { kind: 'change', fields: { account: null, organization: null } } as const;
    server.setMood({ endpoint: 'token', times: 1, behaviour: untold });
    clock.advance(10 * SECOND);
    await login.signIn('default');
    await login.catchUp();
    await login.putBack('account-2');
    await login.catchUp();
    assert.deepEqual(
      login.snapshot.accounts.map(({ id, troubles }) => [id, troubles]),
      [
        ['default', []],
        ['account-2', []],
      ],
    );
    clock.advance(8 * HOUR);
    for (const id of ['default', 'account-2']) assert.equal((await login.refresh(id)).kind, 'refreshed');
    assert.equal(times(ours.refreshToken), 1);
  });
}

test('the keychain takes the last renewal, not the one before, and a crash comes before that is written down', async (t) => {
  const { stage, kept } = await stored(t, 'keychain');
  const { login, server, clock, dataDir, configFile } = stage;
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => Promise.resolve(void (kept.secrets.isLocked = true));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  kept.secrets.isLocked = false;
  const files = [join(dataDir, 'rescue.json'), join(dataDir, 'accounts.json'), spentBeside(configFile)];
  const before = await Promise.all(files.map((path) => readFile(path, 'utf8')));
  clock.advance(8 * HOUR);
  const crashing = await stage.open(kept);
  assert.equal((await crashing.refresh('default')).kind, 'refreshed');
  await Promise.all([crashing.stop(), login.stop()]);
  await Promise.all(files.map((path, at) => writeFile(path, before[at] ?? '')));
  const third = kept.secrets.copies.get('default')?.credential.refreshToken;
  const later = await stage.open(kept);
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(await server.refreshTokenState(String(third)), 'spent');
});

test('a copied entry was taken out again, and a crash comes between keychain and file: the renewal is known for one', async (t) => {
  const { stage, kept, ours } = await stored(t, 'access-only');
  const { login, clock, configFile } = stage;
  const whole = await text(stage);
  const entry = whole.slice(whole.search(/^ *- id:/m)).replace('default', 'other');
  await writeAsOthersDo(configFile, `${whole.trimEnd()}\n${entry}`);
  await login.catchUp();
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  assert.deepEqual(codes(login, 'other'), ['entry-removed']);
  clock.advance(8 * HOUR);
  const crash = crashAtRename(stage);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await login.stop();
  crash();
  const later = await stage.open(kept);
  await later.catchUp();
  for (let tries = 0; tries < 2; tries++) {
    clock.advance(8 * HOUR);
    assert.match((await later.refresh('default')).kind, /^(adopted|refreshed)$/);
  }
  assert.equal(times(ours.refreshToken), 1, 'a spent one was presented again');
});
