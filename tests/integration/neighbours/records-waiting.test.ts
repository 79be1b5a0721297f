import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { codes, presented } from './kit.ts';

/** Our own folder takes nothing while `work` goes on: here a file stands in its place. */
async function withoutDataFolder(dataDir: string, work: () => Promise<void>) {
  await rename(dataDir, `${dataDir}-away`);
  await writeFile(dataDir, '');
  await work();
  await rm(dataDir);
  await rename(`${dataDir}-away`, dataDir);
}

for (const renewals of [1, 2]) {
  test(`what is known of ${renewals} renewals waits, and another process renews: that is no stranger's`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, dataDir } = stage;
    const other = await stage.open();
    await withoutDataFolder(dataDir, async () => {
      for (let times = 0; times < renewals; times++) {
        clock.advance(8 * HOUR);
        assert.equal((await login.refresh('default')).kind, 'refreshed');
      }
    });
    clock.advance(8 * HOUR);
    await other.catchUp();
    assert.equal((await other.refresh('default')).kind, 'refreshed');
    await login.catchUp();
    assert.deepEqual(codes(login), []);
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    await other.catchUp();
    assert.deepEqual(codes(other), []);
    assert.equal(new Set(presented).size, presented.length, 'a spent one was presented');
  });
}

test('a service goes back to an earlier token while our own folder takes nothing: that one counts', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, dataDir } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const answer = {
    access_token: 'sk-ant-oat01-again',
    refresh_token: first.refreshToken,
    expires_in: 28_800,
  };
  const goingBack = await stage.open({ fetch: () => Promise.resolve(Response.json(answer)) });
  clock.advance(8 * HOUR);
  await withoutDataFolder(dataDir, async () => {
    await goingBack.refresh('default');
  });
  await goingBack.catchUp();
  assert.deepEqual(codes(goingBack), []);
});
