import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { codes, kinds, text } from './kit.ts';

test('a file cut short within the refresh token costs no copy of the living one', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  // The disk was full while another program wrote in place.
  const cut = whole.slice(0, whole.indexOf(first.refreshToken ?? '') + 40);
  await writeFile(stage.configFile, cut);
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  clock.advance(10 * SECOND);
  await login.refresh('default');
  const { refreshToken } = first;
  const live = await server.refreshTokenState(refreshToken ?? '');
  const renewed = keychain.copies.get('default')?.credential.refreshToken ?? '';
  assert.ok(
    live === 'spent' || renewed === refreshToken,
    `the token is ${live}, and the only copy of it gave way to ${renewed}`,
  );
});

test('once the other program has written all of it, that is taken for what it was', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  await writeFile(stage.configFile, whole.slice(0, whole.indexOf(first.refreshToken ?? '') + 40));
  await login.catchUp();
  await writeFile(stage.configFile, whole);
  await login.catchUp();
  assert.deepEqual([codes(login), kinds(login)], [[], ['signed-in', 'replaced', 'put-back']]);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});
