import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account } from './kit.ts';

test('the keychain never answers, and another program removes the entry after a restart', async (t) => {
  const keychain = new MemoryKeychain();
  keychain.isLocked = true;
  const stage = await signedIn(t, { keychain });
  await stage.login.stop();
  const second = await stage.open({ keychain });
  await second.catchUp();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await second.catchUp();
  await second.stop();
  const third = await stage.open({ keychain });
  await third.catchUp();
  assert.equal(account(third).whereabouts, 'copy', 'the living login was offered, and is gone');
});

test('the same while the second one keeps', async (t) => {
  const keychain = new MemoryKeychain();
  keychain.isLocked = true;
  const stage = await signedIn(t, { keychain });
  await stage.login.stop();
  const second = await stage.open({ keychain });
  second.keep();
  await second.catchUp();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await second.catchUp();
  await second.stop();
  const third = await stage.open({ keychain });
  await third.catchUp();
  assert.equal(account(third).whereabouts, 'copy', 'the living login was offered, and is gone');
});

test('another keyring is there than the one that the copy went to', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  keychain.copies.clear();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await stage.login.catchUp();
  await stage.login.stop();
  const third = await stage.open({ keychain });
  await third.catchUp();
  assert.equal(account(third).whereabouts, 'copy', 'the living login was offered, and is gone');
});
