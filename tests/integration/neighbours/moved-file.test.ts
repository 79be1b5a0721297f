import assert from 'node:assert/strict';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { times, renewedIntoRescue } from './kit.ts';

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
