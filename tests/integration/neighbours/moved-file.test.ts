import assert from 'node:assert/strict';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { text, times } from './kit.ts';

for (const how of ['moved and linked', 'named otherwise'] as const) {
  test(`the file is ${how} while its credential waits in rescue.json`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile } = stage;
    const first = await stage.credential();
    const whole = await text(stage);
    clock.advance(8 * HOUR);
    // Broken while the service is thinking.
    stage.onTokenRequest = () => writeAsOthersDo(configFile, `${whole}\n\t: [`);
    await login.refresh('default');
    stage.onTokenRequest = () => Promise.resolve();
    assert.equal(login.snapshot.accounts[0]?.whereabouts, 'own-folder');
    const second = await stage.credential();
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
