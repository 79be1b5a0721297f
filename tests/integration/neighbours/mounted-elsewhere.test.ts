import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { codes } from './kit.ts';

test('a container has our home under a name that is another file’s out here: what the keychain has is found again', async (t) => {
  const stage = await signedIn(t);
  const [home, inContainer] = [join(stage.folder, 'home'), join(stage.folder, 'root')];
  const byFile = new Map<string, MemoryKeychain>();
  const keychainOf = (configFile: string) => {
    const keychain = byFile.get(configFile) ?? new MemoryKeychain();
    byFile.set(configFile, keychain);
    return keychain;
  };
  const ours = { configFile: join(home, 'config.yaml'), dataDir: join(stage.folder, 'data-2') };
  const here = { ...ours, secrets: keychainOf(ours.configFile), secretsAt: keychainOf };
  const login = await stage.open(here);
  await login.signIn();
  await login.storage.move('default', 'access-only');
  await login.stop();

  const locked = new MemoryKeychain();
  locked.isLocked = true;
  await rename(home, inContainer);
  const there = { ...ours, configFile: join(inContainer, 'config.yaml') };
  const inside = await stage.open({ ...there, secrets: locked, secretsAt: () => locked });
  await inside.catchUp();
  assert.deepEqual(codes(inside), ['secret-locked']);
  await inside.stop();

  await rename(inContainer, home);
  await mkdir(dirname(there.configFile));
  await writeFile(there.configFile, 'providers: {}\n');
  const again = await stage.open(here);
  await again.catchUp();
  assert.deepEqual(codes(again), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await again.refresh('default')).kind, 'refreshed');
});
