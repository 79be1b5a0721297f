import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { settled, times } from './kit.ts';

/** A laptop has the folder of the config file from a program that synchronizes it, and a data folder of its own. */
async function withLaptop(t: TestContext) {
  const stage = await signedIn(t);
  const there = join(stage.folder, 'laptop');
  const configFile = join(there, 'config.yaml');
  await cp(dirname(stage.configFile), there, { recursive: true });
  const laptop = await stage.open({ configFile, dataDir: join(stage.folder, 'laptop-data') });
  await laptop.catchUp();
  laptop.keep();
  const sync = async () => writeAsOthersDo(configFile, await readFile(stage.configFile, 'utf8'));
  return { stage, laptop, sync };
}

for (const hours of [7.7, 9]) {
  test(`a laptop wakes after ${hours} h, and its folder is synchronized half a minute later: it goes on with what came`, async (t) => {
    const { stage, laptop, sync } = await withLaptop(t);
    const { clock, login } = stage;
    const { refreshToken: spent } = await stage.credential();
    laptop.suspend();
    clock.advance(7.68 * HOUR);
    await login.refresh('default');
    clock.advance(hours * HOUR - 7.68 * HOUR);
    await laptop.resume();
    await settled(laptop);
    clock.advance(30 * SECOND);
    await settled(laptop);
    await sync();
    await laptop.catchUp();
    clock.advance(5 * MINUTE);
    await settled(laptop);
    assert.equal(times(spent), 1);
    const { refreshToken: last } = await stage.credential();
    assert.equal(await stage.server.refreshTokenState(String(last)), 'live');
  });
}

test('the other computer is off: the laptop renews once it has waited for it', async (t) => {
  const { stage, laptop } = await withLaptop(t);
  const { refreshToken: first } = await stage.credential();
  laptop.suspend();
  stage.clock.advance(9 * HOUR);
  await laptop.resume();
  await settled(laptop);
  assert.equal(times(first), 0);
  stage.clock.advance(3 * MINUTE);
  await settled(laptop);
  assert.equal(times(first), 1);
});
