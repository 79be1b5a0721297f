import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, isHeld, text, times } from './kit.ts';

/** Of each loss that is told, whether a copy is offered. */
const copies = (login: Login) => account(login).troubles.flatMap((each) => ('copy' in each ? each.copy : []));

test('an older version kept no copy: one is there once we have looked', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile, dataDir } = stage;
  await login.stop();
  await rm(join(dataDir, 'copies.json'));
  const now = await stage.open();
  await now.catchUp();
  await now.stop();
  await writeAsOthersDo(configFile, 'providers: {}\n');
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(copies(later), [true]);
});

for (const areRecordsLost of [false, true]) {
  test(`the entry is gone, ${areRecordsLost ? 'our records as well, ' : ''}and the keychain is unlocked only later: then it is offered`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, { keychain });
    const { login, configFile, dataDir } = stage;
    await login.stop();
    await writeAsOthersDo(configFile, 'providers: {}\n');
    if (areRecordsLost) await rm(join(dataDir, 'accounts.json'));
    keychain.isLocked = true;
    const later = await stage.open({ keychain });
    await later.catchUp();
    keychain.isLocked = false;
    await later.storage.askKeychain();
    assert.deepEqual(copies(later), [true]);
  });
}

/** Does not answer so many times. */
class Slow extends MemoryKeychain {
  left = 0;

  protected override async asked(): Promise<void> {
    this.isLocked = this.left-- > 0;
    await super.asked();
  }
}

test('the keychain is switched off, and does not answer at first: the one copy is not forgotten unseen', async (t) => {
  const keychain = new Slow();
  const stage = await signedIn(t, { keychain });
  const ours = await stage.credential();
  await stage.login.stop();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  const later = await stage.open({ keychain });
  keychain.left = 1;
  await later.changeSettings({ ...later.snapshot.settings, keychain: false });
  assert.notDeepEqual(await isHeld(ours.refreshToken, stage, keychain), [], 'it is nowhere');
});

test('a file with an older entry takes the place of a link to ours: the copy that was kept for that one is offered', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, folder } = stage;
  await login.stop();
  const real = join(folder, 'dots', 'config.yaml');
  await mkdir(join(folder, 'dots'));
  await rename(configFile, real);
  await symlink(real, configFile);
  const now = await stage.open();
  await now.catchUp();
  const [first, whole] = [await stage.credential(), await text(stage)];
  for (let renewals = 0; renewals < 2; renewals++) {
    clock.advance(8 * HOUR);
    await now.refresh('default');
  }
  await now.stop();
  await writeAsOthersDo(configFile, whole);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(copies(later), [true]);
  await later.putBack('default');
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1);
});
