import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { codes, text } from './kit.ts';

test('what stands in the place of ours is no copy of it when the keychain is switched on', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login } = stage;
  const switchKeychain = (isOn: boolean) =>
    login.changeSettings({ ...login.snapshot.settings, keychain: isOn });
  await switchKeychain(false);
  // Another program was cut short in the middle of our refresh token.
  const token = String((await stage.credential()).refreshToken);
  await writeAsOthersDo(stage.configFile, (await text(stage)).replace(token, token.slice(0, 40)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await switchKeychain(true);
  await login.stop();
  const later = await stage.open({ keychain });
  await later.catchUp();
  await later.putBack('default');
  assert.deepEqual(codes(later), []);
  assert.ok((await text(stage)).includes(token));
});
