import assert from 'node:assert/strict';
import { cp, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { helpFor } from '../../../src-main/domain/help.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { account, file, times } from './kit.ts';

/** A second computer gets our data folder, by a service that copies it or by hand, and has a config file of its own. */
async function onSecondComputer(stage: Stage, work: (login: Login) => Promise<void>) {
  const { configFile, dataDir } = stage;
  const folder = dirname(configFile);
  await cp(dataDir, `${dataDir}.second`, { recursive: true });
  await rename(folder, `${folder}.first`);
  const login = await stage.open({ dataDir: `${dataDir}.second` });
  await login.catchUp();
  await work(login);
  await login.stop();
  await rename(folder, `${folder}.second`);
  await rename(`${folder}.first`, folder);
}

const helpAt = (login: Login) => {
  const [trouble] = account(login).troubles;
  assert.ok(trouble !== undefined && 'copied' in trouble, JSON.stringify(account(login).troubles));
  return [trouble.code, helpFor(trouble, 'refresh')?.kind];
};

test('a second computer that has got our data folder is not told to put back what the first one renews', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  await onSecondComputer(stage, async (login) => {
    assert.deepEqual(helpAt(login), ['entry-removed', 'sign-in']);
    await login.signIn();
    assert.deepEqual(account(login).troubles, []);
    stage.clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    // What it has got there itself it puts back like any other.
    await writeAsOthersDo(stage.configFile, file());
    await login.catchUp();
    assert.deepEqual(account(login).troubles, [
      { code: 'entry-removed', path: stage.configFile, copy: true },
    ]);
  });
  await stage.login.catchUp();
  assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1);
});

test('what a second computer has signed in to is not told to be put in the place of ours', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  await stage.login.stop();
  await onSecondComputer(stage, (login) => login.signIn());
  await cp(`${stage.dataDir}.second`, stage.dataDir, { recursive: true });
  const login = await stage.open();
  await login.catchUp();
  assert.deepEqual(helpAt(login), ['entry-replaced', 'sign-in']);
  await login.signIn();
  assert.deepEqual(account(login).troubles, []);
  assert.equal(await stage.server.refreshTokenState(String(first.refreshToken)), 'live');
});
