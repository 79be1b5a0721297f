import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, text, times, write } from './kit.ts';

test("a person may put Grace's login in the place of Ada's, and Ada's back", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  login.keep();
  await write(stage, block('default', grace, at));
  await login.catchUp();
  await until('her name', () => (account(login).owner?.email === 'grace@example.org' ? true : undefined));
  await login.catchUp();
  await write(stage, block('default', ada, at));
  await login.catchUp();
  assert.deepEqual(codes(login), [], 'a living login is called old');
});

test('of two entries with one id the known one is taken out: that is told, and it can be put back', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('default', grace, at));
  await login.catchUp();
  assert.deepEqual(codes(login), ['id-shared']);
  await write(stage, block('default', grace, at));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-removed']);
  assert.equal((await login.refresh('default')).kind, 'entry-lost', "Grace's login is not Ada's");
  await login.putBack('default');
  assert.deepEqual(codes(login), ['id-shared']);
  const both = await text(stage);
  for (const each of [ada, grace]) assert.ok(both.includes(each.refreshToken ?? ''));
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.deepEqual(
    [await server.refreshTokenState(ada.refreshToken ?? ''), times(grace.refreshToken)],
    ['spent', 0],
  );
});

test('…and once it is signed out the other one is shown', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('default', grace, at));
  await login.catchUp();
  await write(stage, block('default', grace, at));
  await login.catchUp();
  await login.signOut('default');
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  assert.ok((await text(stage)).includes(grace.refreshToken ?? ''));
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.equal(times(grace.refreshToken), 1);
});
