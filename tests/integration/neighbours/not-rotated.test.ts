import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { codes, text } from './kit.ts';

test('an answer without a refresh token while the file is broken: the old one lives on', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, 'providers: [\n');
  // Not carried out: the token is not rotated.
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: {
      kind: 'answer',
      status: 200,
      body: { access_token: 'sk-ant-oat01-second', token_type: 'Bearer', expires_in: 28800 },
    },
  });
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  clock.advance(8 * HOUR);
  const outcome = await login.refresh('default');
  const later = await stage.open();
  await later.catchUp();
  assert.equal(outcome.kind, 'refreshed', 'a living login is taken for spent');
  assert.deepEqual(codes(login), []);
});
