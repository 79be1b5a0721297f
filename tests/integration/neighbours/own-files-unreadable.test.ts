import assert from 'node:assert/strict';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { text, times } from './kit.ts';

test('neither rescue.json nor accounts.json can be read for a moment (EIO, EACCES): the file is taken at its word', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, dataDir } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, `${whole}\n\t: [`);
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const second = await stage.credential();
  await login.stop();
  await writeAsOthersDo(configFile, whole);
  // Root may read everything: a folder in the place of a file gives an error all the same.
  const names = ['rescue.json', 'accounts.json'].map((name) => join(dataDir, name));
  for (const name of names) {
    await rename(name, `${name}.away`);
    await mkdir(name);
  }
  const later = await stage.open();
  await later.catchUp();
  await later.refresh('default');
  for (const name of names) {
    await rmdir(name);
    await rename(`${name}.away`, name);
  }
  assert.equal(times(first.refreshToken), 1, 'presented although nobody could tell whether it is spent');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
});
