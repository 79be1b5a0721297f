import assert from 'node:assert/strict';
import { copyFile, link, mkdir, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { exitCodeOfAccounts } from '../../../src-main/terminal/exit-code.ts';
import { isUnknown } from '../../../src-main/domain/unreadable.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { codes, text, times } from './kit.ts';

for (const how of ['copied', 'hard-linked'] as const) {
  test(`of a config file and its ${how === 'copied' ? 'copy' : 'hard link'} over one data folder one asks at a time`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, folder, configFile, server } = stage;
    const first = await stage.credential();
    const twin = join(folder, 'twin', 'config.yaml');
    await mkdir(dirname(twin));
    await (how === 'copied' ? copyFile : link)(configFile, twin);
    const other = await stage.open({ configFile: twin });
    await other.catchUp();
    clock.advance(8 * HOUR);
    let isFirst = true;
    let second: Promise<unknown> = Promise.resolve();
    stage.onTokenRequest = async () => {
      if (!isFirst) return;
      isFirst = false;
      second = other.refresh('default');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    };
    await login.refresh('default');
    await second;
    assert.equal(times(first.refreshToken), 1, 'presented twice');
    const now = await stage.credential();
    assert.equal(await server.refreshTokenState(now.refreshToken ?? ''), 'live');
  });
}

test('where the link leads to a disk that is not there nobody is called signed out', async (t) => {
  const stage = await signedIn(t);
  const { clock, folder } = stage;
  const configFile = join(folder, 'linked.yaml');
  await symlink(join(folder, 'not-mounted', 'config.yaml'), configFile);
  const later = await stage.open({ configFile, dataDir: join(folder, 'data-3') });
  await later.catchUp();
  const { snapshot } = later;
  assert.ok(isUnknown(snapshot) || exitCodeOfAccounts(snapshot.accounts, clock.now()) !== 3);
});

test('…and no program is said to have removed the login that is known', async (t) => {
  const stage = await signedIn(t);
  const { configFile, folder } = stage;
  const disk = join(folder, 'disk');
  await mkdir(disk);
  await rename(configFile, join(disk, 'config.yaml'));
  await symlink(join(disk, 'config.yaml'), configFile);
  const later = await stage.open();
  await later.catchUp();
  await rename(disk, `${disk}-unmounted`);
  await later.catchUp();
  assert.deepEqual(codes(later), [], 'no program has removed anything');
});

test('two data folders over one file: what one of them keeps is spent for the other, too', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, folder, configFile, server } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  const other = await stage.open({ dataDir: join(folder, 'data-2') });
  await other.catchUp();
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, `${whole}\n\t: [`);
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const second = await stage.credential();
  await writeAsOthersDo(configFile, whole);
  await other.catchUp();
  await other.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'presented twice');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
  // Mended by hand; whoever has it writes it again.
  await login.catchUp();
  await other.catchUp();
  clock.advance(8 * HOUR);
  await other.refresh('default');
  assert.equal(times(second.refreshToken), 1);
  assert.deepEqual(codes(other), []);
});
