import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { codes, received, spentBeside, times } from './kit.ts';

test('all of home comes back from a backup while we run, without a keychain: what we hold is written again', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, folder, configFile, dataDir } = stage;
  const first = await stage.credential();
  const [home, backup] = [
    [dirname(configFile), dataDir],
    [join(folder, 'backup', 'shared'), join(folder, 'backup', 'data')],
  ] as const;
  for (const at of [0, 1] as const) await cp(home[at], backup[at], { recursive: true });
  for (let count = 0; count < 3; count++) {
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
  }
  const last = received.at(-1);
  await rm(spentBeside(configFile));
  for (const at of [0, 1] as const) await cp(backup[at], home[at], { recursive: true });
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  assert.equal((await stage.credential()).refreshToken, last);
  await login.stop();

  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1);
});
