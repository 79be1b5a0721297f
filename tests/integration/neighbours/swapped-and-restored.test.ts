import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import {
  block,
  codes,
  file,
  isHeld,
  iso,
  received,
  renewedByAnother,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

for (const withKeychain of [false, true]) {
  test(`ids are swapped, one login is renewed, and a backup of before comes back; keychain: ${withKeychain}`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, withKeychain ? { keychain } : {});
    const { login, clock } = stage;
    const { ada, grace, at } = await twoPeople(stage);
    await write(stage, block('default', grace, at), block('work', ada, at));
    await login.catchUp();
    clock.advance(3 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    const g1 = received.at(-1) ?? '';
    await write(stage, block('default', ada, at), block('work', grace, at));
    await login.catchUp();
    assert.equal(await stage.server.refreshTokenState(g1), 'live');
    assert.notDeepEqual(await isHeld(g1, stage, keychain), [], 'Grace’s living login is on no disk any more');
    const [lost] = login.snapshot.accounts.filter(({ whereabouts }) => whereabouts === 'copy');
    await login.putBack(lost?.id ?? '');
    assert.ok((await text(stage)).includes(g1), 'Grace’s living login cannot be put back');
  });
}

test('an id is changed, the login renewed, and a backup of before comes back', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('ada', ada, at), block('default', grace, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const g1 = received.at(-1) ?? '';
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  assert.notDeepEqual(await isHeld(g1, stage), [], 'Grace’s living login is on no disk any more');
  assert.ok(file() !== '');
});

test('an id goes from the one to the other, and the first is removed', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  assert.equal((await login.refresh('work')).kind, 'refreshed');
  const g1 = received.at(-1) ?? '';
  // Grace’s entry is taken out, and Ada’s gets her id.
  await write(stage, block('work', ada, at));
  await login.catchUp();
  assert.ok(grace);
  const told = login.snapshot.accounts.some((each) => each.whereabouts === 'copy');
  assert.ok(told, 'nobody is told of Grace’s');
  assert.notDeepEqual(await isHeld(g1, stage), [], 'Grace’s living login is on no disk any more');
});

for (const withKeychain of [false, true]) {
  test(`an id goes to another login while its own is renewed, and another program renews that: both go on; keychain: ${withKeychain}`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, withKeychain ? { keychain } : {});
    const { login, clock, server } = stage;
    const { grace, at } = await twoPeople(stage);
    clock.advance(3 * HOUR);
    stage.onTokenRequest = () => write(stage, block('default', grace, at));
    await login.refresh('default');
    stage.onTokenRequest = () => Promise.resolve();
    await login.catchUp();
    const ada = received.at(-1) ?? '';
    const renewed = await renewedByAnother(stage, grace);
    await write(stage, block('default', renewed, iso(clock.now() + 8 * HOUR)));
    await login.catchUp();
    assert.deepEqual([codes(login), codes(login, 'account-2')], [[], ['entry-removed']]);
    await login.putBack('account-2');
    clock.advance(8 * HOUR);
    for (const id of ['default', 'account-2']) assert.equal((await login.refresh(id)).kind, 'refreshed');
    for (const token of [ada, renewed.refreshToken]) {
      assert.equal(times(token), 1);
      assert.equal(await server.refreshTokenState(String(token)), 'spent');
    }
  });
}
