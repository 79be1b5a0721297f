import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, text, times, write } from './kit.ts';

/** Of each loss that is told, whether a copy is offered. */
const copies = (login: Login) => account(login).troubles.flatMap((each) => ('copy' in each ? each.copy : []));
const keychains = () => ({ secrets: new MemoryKeychain(), keychain: new MemoryKeychain() });

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: our records are lost: it goes on from the keychain`, async (t) => {
    const kept = keychains();
    const stage = await signedIn(t, kept);
    const ours = await stage.credential();
    await stage.login.storage.move('default', storage);
    await stage.login.stop();
    await rm(join(stage.dataDir, 'accounts.json'));
    const later = await stage.open(kept);
    await later.catchUp();
    assert.deepEqual([account(later).storage, codes(later)], [storage, []]);
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.equal(times(ours.refreshToken), 1);
  });

  test(`${storage}: our records come back from before it was moved: it is offered from the keychain`, async (t) => {
    const kept = keychains();
    const stage = await signedIn(t, kept);
    const records = await readFile(join(stage.dataDir, 'accounts.json'), 'utf8');
    await stage.login.storage.move('default', storage);
    await stage.login.stop();
    await writeFile(join(stage.dataDir, 'accounts.json'), records);
    const later = await stage.open(kept);
    await later.catchUp();
    assert.deepEqual(copies(later), [true]);
    await later.putBack('default');
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
  });

  test(`${storage}: somebody empties the keychain while we run: what is held goes back into it`, async (t) => {
    const kept = keychains();
    const stage = await signedIn(t, kept);
    await stage.login.storage.move('default', storage);
    kept.secrets.copies.clear();
    stage.clock.advance(8 * HOUR);
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    assert.equal(kept.secrets.copies.size, 1);
  });
}

test('access-only: an older whole entry is written over it: it is offered also by the second process after that', async (t) => {
  const kept = keychains();
  const stage = await signedIn(t, kept);
  const { login, clock } = stage;
  const first = await stage.credential();
  await login.storage.move('default', 'access-only');
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  await write(stage, block('default', first, iso(clock.now())));
  const [one, two] = [await stage.open(kept), await stage.open(kept)];
  await one.catchUp();
  await one.stop();
  await two.catchUp();
  assert.deepEqual(copies(two), [true]);
  await two.putBack('default');
  clock.advance(8 * HOUR);
  assert.equal((await two.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1);
});

test('access-only: somebody else signs in over it, and we start again before it is told who: ours is offered', async (t) => {
  const kept = keychains();
  const stage = await signedIn(t, kept);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  await login.storage.move('default', 'access-only');
  await login.stop();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  const command = await stage.open(kept);
  await command.catchUp();
  await command.stop();
  const later = await stage.open(kept);
  later.keep();
  const lost = await until('it to be given back', () =>
    later.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0),
  );
  assert.deepEqual(codes(later, lost.id), ['entry-removed']);
  await later.putBack(lost.id);
  await later.stop();
  assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
});

test('access-only: our records are lost, and while the keychain is locked those of another begin: it is found later', async (t) => {
  const kept = keychains();
  const stage = await signedIn(t, kept);
  const { login, clock } = stage;
  const grace = await graces(stage);
  await login.storage.move('default', 'access-only');
  await login.stop();
  await writeFile(
    stage.configFile,
    `${(await text(stage)).trimEnd()}\n${block('work', grace, iso(clock.now() + 8 * HOUR))}\n`,
  );
  await writeFile(join(stage.dataDir, 'accounts.json'), '{ "version": 2, "fi');
  kept.secrets.isLocked = true;
  const command = await stage.open(kept);
  await command.catchUp();
  await command.stop();
  kept.secrets.isLocked = false;
  const later = await stage.open(kept);
  await later.catchUp();
  assert.deepEqual([account(later).storage, codes(later)], ['access-only', []]);
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
});
