import assert from 'node:assert/strict';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { block, codes, file, graces, iso, times } from './kit.ts';

for (const hours of [24, 4]) {
  test(`an answer goes to the file it was asked for, though the link leads to somebody else's by then (${hours} h left there)`, async (t) => {
    const stage = await signedIn(t);
    const { server, clock, configFile, folder, login } = stage;
    await login.stop();
    const ada = await stage.credential();
    const grace = await graces(stage);
    await mkdir(join(folder, 'real'));
    const [one, two] = [join(folder, 'real', 'one.yaml'), join(folder, 'real', 'two.yaml')];
    await rename(configFile, one);
    await symlink(one, configFile);
    await writeFile(two, file(block('default', grace, iso(clock.now() + hours * HOUR))));
    const relink = async (target: string) => {
      await symlink(target, `${configFile}.l`);
      await rename(`${configFile}.l`, configFile);
    };
    const later = await stage.open();
    await later.catchUp();
    clock.advance(3 * SECOND);
    stage.onTokenRequest = () => relink(two);
    await later.refresh('default');
    stage.onTokenRequest = () => Promise.resolve();
    await later.catchUp();
    const hers = codes(later);
    await relink(one);
    await later.catchUp();
    clock.advance(3 * SECOND);
    await later.refresh('default');
    assert.equal(times(ada.refreshToken), 1);
    assert.ok(
      !(await readFile(one, 'utf8')).includes(ada.refreshToken ?? ''),
      'his new login was never written',
    );
    // Hers is fine, and nothing happened to it.
    assert.deepEqual(hers, []);
    assert.equal(await server.refreshTokenState(grace.refreshToken ?? ''), 'live');
  });
}
