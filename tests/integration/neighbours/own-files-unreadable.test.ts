import assert from 'node:assert/strict';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { times, renewedIntoRescue } from './kit.ts';

test('nothing is sent while neither rescue.json nor accounts.json can be read (EIO, EACCES)', async (t) => {
  const stage = await signedIn(t);
  const { server, configFile, dataDir } = stage;
  const { first, second, whole } = await renewedIntoRescue(stage);
  await stage.login.stop();
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
