import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, times, write } from './kit.ts';

test('the old block of a login that got another id is told as lost when it comes back, and never presented', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const first = await stage.credential();
  await login.refresh('default');
  const second = await stage.credential();
  clock.advance(3 * SECOND);
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', first, at), block('work', second, at));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced'], 'a spent token is adopted, and called valid');
  assert.deepEqual(await login.refresh('default'), { kind: 'entry-lost' });
  assert.equal(times(first.refreshToken), 1);
});

test('an entry is taken away while the service is thinking, and filled by somebody else: neither login gives way by itself', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const grace = await graces(stage);
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, 'logging: {}\n');
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  await write(stage, block('default', grace, iso(clock.now() + 12 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  assert.equal((await login.refresh('default')).kind, 'entry-lost');
  assert.equal(times(grace.refreshToken), 0);
  // The person decides for the one that was kept, and that one lives.
  await login.putBack('default');
  assert.deepEqual(codes(login), []);
  const kept = await stage.credential();
  assert.equal(await server.refreshTokenState(kept.refreshToken ?? ''), 'live');
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});
