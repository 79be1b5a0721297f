import assert from 'node:assert/strict';
import { cp, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { codes, spentBeside, text, times } from './kit.ts';

test('what only the keychain could take on a full disk is used after a restart, whatever the file holds', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, dataDir, folder, configFile } = stage;
  await cp(dataDir, join(folder, 'before'), { recursive: true });
  clock.advance(8 * HOUR);
  await login.refresh('default');
  // Stands for a renewal by another program, which wrote in place when there was no room for our records any more.
  const second = await stage.credential();
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const third = await stage.credential();
  await login.stop();
  await rm(dataDir, { recursive: true });
  await cp(join(folder, 'before'), dataDir, { recursive: true });
  await writeFile(configFile, whole);
  await rm(spentBeside(configFile));
  assert.equal(keychain.copies.get('default')?.credential.refreshToken, third.refreshToken);
  const later = await stage.open({ keychain });
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.equal(times(second.refreshToken), 1, 'the spent one was presented');
  assert.equal(await server.refreshTokenState(third.refreshToken ?? ''), 'spent');
});

test('what one process could not write down leaves the refusal that another one wrote down', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, dataDir } = stage;
  const other = await stage.open();
  const records = join(dataDir, 'accounts.json');
  clock.advance(8 * HOUR);
  stage.onTokenRequest = async () => {
    await rename(records, `${records}.away`);
    await mkdir(records);
  };
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await rmdir(records);
  await rename(`${records}.away`, records);
  await other.catchUp();
  const second = await stage.credential();
  clock.advance(3 * SECOND);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await other.refresh('default');
  assert.deepEqual(codes(other), ['grant-refused']);
  await login.catchUp();
  clock.advance(3 * SECOND);
  await login.refresh('default');
  assert.equal(times(second.refreshToken), 1, 'presented although its refusal was written down');
});
