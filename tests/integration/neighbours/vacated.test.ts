import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, renewedByAnother, text, times, write } from './kit.ts';

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

test('the file is emptied while the service is thinking, and as before soon after: the answer goes into it', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const before = await text(stage);
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, '');
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(stage.configFile, before);
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  assert.ok(!(await text(stage)).includes(String(first.refreshToken)));
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1);
});

test('an entry of which nobody knows whose it is is taken out, put back, and renewed by another program: adopted', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  await stage.login.stop();
  const login = await stage.open();
  const put = async (one: Credential) => {
    await write(stage, block('default', one, iso(clock.now() + 8 * HOUR)));
    await login.catchUp();
    assert.deepEqual(codes(login), []);
  };
  const takeOut = async () => {
    await writeAsOthersDo(stage.configFile, 'logging: {}\n');
    await login.catchUp();
    assert.equal(account(login).whereabouts, 'copy');
  };
  const first = await renewedByAnother(stage, await stage.credential());
  await put(first);
  await takeOut();
  await put(first);
  clock.advance(HOUR);
  await put(await renewedByAnother(stage, first));
  // What is kept now is the later one, also for whoever starts then.
  await takeOut();
  await login.stop();
  const later = await stage.open();
  await later.catchUp();
  await later.putBack('default');
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented');
});
