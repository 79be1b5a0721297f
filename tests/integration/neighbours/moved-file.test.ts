import assert from 'node:assert/strict';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { codes, times, renewedIntoRescue } from './kit.ts';

for (const how of ['moved and linked', 'named otherwise'] as const) {
  test(`what waits in rescue.json is used though its file is ${how} by then`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile } = stage;
    const { first, second, whole } = await renewedIntoRescue(stage);
    assert.equal(login.snapshot.accounts[0]?.whereabouts, 'own-folder');
    await login.stop();
    // The person mends it, and puts it under their dotfiles.
    const moved = join(stage.folder, 'dotfiles', 'config.yaml');
    await mkdir(dirname(moved), { recursive: true });
    await rename(configFile, moved);
    await writeFile(moved, whole);
    if (how === 'moved and linked') await symlink(moved, configFile);
    const later = await stage.open(how === 'moved and linked' ? {} : { configFile: moved });
    await later.catchUp();
    clock.advance(8 * HOUR);
    await later.refresh('default');
    assert.equal(times(first.refreshToken), 1);
    assert.equal(
      await server.refreshTokenState(second.refreshToken ?? ''),
      'spent',
      'what was kept was never used',
    );
  });
}

test('a token that was refused is not presented again where its file has moved', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, folder, configFile, server } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await login.refresh('default');
  const { owner } = login.snapshot.accounts[0] ?? {};
  await login.stop();
  const moved = join(folder, 'moved.yaml');
  await rename(configFile, moved);
  await symlink(moved, configFile);
  const later = await stage.open();
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'presented again');
  assert.deepEqual(codes(later), ['grant-refused']);
  assert.deepEqual(later.snapshot.accounts[0]?.owner, owner, 'who it is has moved along');
});
