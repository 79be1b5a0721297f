import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { account, block, codes, file, graces, iso } from './kit.ts';

for (const hours of [24, 4]) {
  test(`a sign-in while the file is broken never silently gives way to somebody else's entry in it (${hours} h left)`, async (t) => {
    const stage = await signedIn(t);
    const { server, clock, folder } = stage;
    const grace = await graces(stage);
    const files = { configFile: `${folder}/new/config.yaml`, dataDir: `${folder}/new-data` };
    const whole = file(block('default', grace, iso(clock.now() + hours * HOUR)));
    await mkdir(dirname(files.configFile));
    await writeAsOthersDo(files.configFile, `${whole}\n\t: [`);
    const login = await stage.open({ ...files, openBrowser: (url) => approve(url) });
    await login.catchUp();
    await login.signIn();
    assert.equal(account(login).whereabouts, 'own-folder');
    const mine =
      (await new Vault({ ...files, keychain: null }).find('default')).account?.credential?.refreshToken ?? '';
    await login.stop();
    await writeAsOthersDo(files.configFile, whole);
    const later = await stage.open(files);
    await later.catchUp();
    clock.advance(10 * SECOND);
    await later.saveAgain();
    const { accounts } = await new Vault({ ...files, keychain: null }).load();
    const isUsed = accounts.some(({ credential, hasCopy }) => credential?.refreshToken === mine || hasCopy);
    const isTold = codes(later).some((code) => code.startsWith('entry-'));
    assert.equal(await server.refreshTokenState(mine), 'live');
    assert.ok(isUsed || isTold, 'the login that was just made is in no place, and nobody is told');
    assert.ok(
      accounts.some(({ credential }) => credential?.refreshToken === mine) || isTold,
      'the login that was just made is not used, and nobody is told',
    );
  });
}
