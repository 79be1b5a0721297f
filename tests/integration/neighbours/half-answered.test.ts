import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { temporaryFilesFor } from '../../../src-main/vault/files/atomic-write.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { crashAtRename } from './crash.ts';
import { codes, times } from './kit.ts';

for (const [what, fields] of Object.entries({
  'no access token': { access_token: null },
  'an access token in a list': { access_token: ['x'] },
  'a token with a line break in it': { access_token: 'sk-ant-oat01-\nabc' },
})) {
  test(`of a 200 answer with ${what} the new refresh token is kept, and presented next`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock } = stage;
    const first = await stage.credential();
    server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'change', fields } });
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refused');
    assert.deepEqual(codes(login), ['answer-unexpected']);
    const next = await stage.credential();
    assert.notEqual(next.refreshToken, first.refreshToken);
    clock.advance(10 * MINUTE);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    assert.deepEqual([times(first.refreshToken), times(next.refreshToken)], [1, 1]);
  });
}

test('half an answer is no damage to a Latchkey with another data folder either', async (t) => {
  const stage = await signedIn(t);
  const { clock, login, server } = stage;
  const first = await stage.credential();
  const other = await stage.open({ dataDir: `${stage.folder}/other-data` });
  await other.catchUp();
  clock.advance(8 * HOUR);
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: { kind: 'change', fields: { access_token: null } },
  });
  await login.refresh('default');
  await other.catchUp();
  assert.deepEqual(codes(other), []);
  clock.advance(10 * MINUTE);
  assert.equal((await other.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1, 'a spent token was presented again');
});

test('half an answer is no damage after a crash either that comes once it is in the file', async (t) => {
  const stage = await signedIn(t);
  const { clock, login, server, configFile } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: { kind: 'change', fields: { access_token: null } },
  });
  const crash = crashAtRename(stage);
  await login.refresh('default');
  await login.stop();
  crash();
  const [written] = await temporaryFilesFor(configFile);
  await rename(written ?? assert.fail(), configFile);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  clock.advance(10 * MINUTE);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1, 'a spent token was presented again');
});
