import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, renewedByAnother, text, write } from './kit.ts';

test('told as replaced, since a copy of its file renewed it: signed out of, its entry is gone, and it does not come back', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const configFile = join(stage.folder, 'work', 'config.yaml');
  await mkdir(dirname(configFile));
  await copyFile(stage.configFile, configFile);
  const copied = await stage.open({ configFile });
  await copied.catchUp();
  stage.clock.advance(8 * HOUR);
  await copied.refresh('default');
  await stage.login.catchUp();
  assert.deepEqual(codes(stage.login), ['entry-replaced']);
  await stage.login.signOut('default');
  assert.ok(!(await text(stage)).includes(ada.accessToken));
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(later.snapshot.accounts, []);
  await copied.catchUp();
  assert.deepEqual(codes(copied), []);
});

test('… as where an older file of ours was put there', async (t) => {
  const stage = await signedIn(t);
  const older = await text(stage);
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  await writeAsOthersDo(stage.configFile, older);
  await stage.login.catchUp();
  assert.deepEqual(codes(stage.login), ['entry-replaced']);
  const { accessToken } = await stage.credential();
  await stage.login.signOut('default');
  const left = await text(stage);
  assert.ok(!left.includes(accessToken) && !left.includes('refresh_token'), left);
});

test('… and where one was written over another id’s entry of that login, and nobody has told whose it is', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', ada, at));
  await login.catchUp();
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  await login.signOut('default');
  const left = await text(stage);
  assert.ok(!left.includes(String(ada.refreshToken)), 'it is not signed out');
  assert.ok(left.includes(String(grace.refreshToken)));
});

test('… but what another program has put in its place stays', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const grace = await graces(stage);
  await write(stage, block('default', { ...grace, clientId: 'another' }, iso(stage.clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.signOut('default');
  assert.ok((await text(stage)).includes(String(grace.refreshToken)));
});

test('another program changed between two people under one id, and nobody tells: the one it put there last stays', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(stage.clock.now() + 8 * HOUR);
  for (const next of [grace, await renewedByAnother(stage, ada), grace]) {
    await write(stage, block('default', next, at));
    await login.catchUp();
  }
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.signOut('default');
  assert.ok((await text(stage)).includes(String(grace.refreshToken)));
});

test('… but not what we have renewed since ourselves: an older file brings that back, and its entry goes', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  stage.server.setMood({ endpoint: 'profile', behaviour: { kind: 'answer', status: 503 } });
  const mine = await stage.foreignCredential();
  await write(stage, block('default', mine, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  const older = await text(stage);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.signOut('default');
  assert.ok(!(await text(stage)).includes(String(mine.refreshToken)));
  await login.catchUp();
  assert.deepEqual(login.snapshot.accounts, []);
});
