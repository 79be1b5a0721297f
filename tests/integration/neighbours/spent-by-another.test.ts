import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, iso, text, times, write, renewedByAnother } from './kit.ts';

test('another program renews one of two entries with one login, and we adopt it: a container with a data folder of its own does not present the other one', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  await write(
    stage,
    block('default', first, iso(clock.now() + 8 * HOUR)),
    block('copy', first, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  const second = await renewedByAnother(stage, first);
  await write(
    stage,
    block('default', first, iso(clock.now() + 8 * HOUR)),
    block('copy', second, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  const container = await stage.open({ dataDir: join(stage.folder, 'container') });
  await container.catchUp();
  await container.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
  assert.equal(await stage.server.refreshTokenState(String(second.refreshToken)), 'live');
});

test('another program renews ours, we adopt it, and an older file comes back: a container with a data folder of its own does not present it', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  const older = await text(stage);
  await write(stage, block('default', await renewedByAnother(stage, first), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  const container = await stage.open({ dataDir: join(stage.folder, 'container') });
  await container.catchUp();
  await container.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
});
