import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { block, codes, iso, isHeld, spentBeside, text, times, write } from './kit.ts';

for (const what of ['an older entry', 'none'] as const) {
  test(`the keychain was locked at the last renewal, and a backup brings back ${what}: the copy in our folder counts`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, { keychain });
    const { login, server, clock, dataDir, folder, configFile } = stage;
    const tokens = [(await stage.credential()).refreshToken];
    const whole = await text(stage);
    await cp(dataDir, join(folder, 'before'), { recursive: true });
    for (const isLocked of [false, true]) {
      keychain.isLocked = isLocked;
      clock.advance(8 * HOUR);
      await login.refresh('default');
      tokens.push((await stage.credential()).refreshToken);
    }
    await login.stop();
    keychain.isLocked = false;
    await cp(join(folder, 'before'), dataDir, { recursive: true });
    await rm(spentBeside(configFile));
    await writeFile(configFile, what === 'none' ? 'providers: {}\n' : whole);
    const later = await stage.open({ keychain });
    await later.catchUp();
    if (what === 'none') await later.putBack('default');
    clock.advance(3 * SECOND);
    await later.refresh('default');
    const [first = null, second = null, third] = tokens;
    assert.deepEqual([times(first), times(second)], [1, 1], 'a spent one was presented');
    assert.equal(await server.refreshTokenState(String(third)), 'spent');
  });
}

test('our folder does not forget what is newer than the keychain has', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock, dataDir, configFile } = stage;
  const first = await stage.credential();
  for (const isLocked of [false, true]) {
    keychain.isLocked = isLocked;
    clock.advance(8 * HOUR);
    await login.refresh('default');
  }
  const third = await stage.credential();
  await login.stop();
  keychain.isLocked = false;
  await rm(join(dataDir, 'accounts.json'));
  await rm(spentBeside(configFile));
  await write(stage, block('default', first, iso(clock.now() + HOUR)));
  const later = await stage.open({ keychain });
  await later.catchUp();
  assert.notDeepEqual(await isHeld(third.refreshToken, stage, keychain), [], 'the last one is nowhere');
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
});

for (const kept of [{ keychain: new MemoryKeychain() }, {}]) {
  const what = 'keychain' in kept ? 'the keychain' : 'our folder';
  test(`file and records are set back while we run: the last one is taken from ${what}`, async (t) => {
    const stage = await signedIn(t, kept);
    const { login, server, clock, dataDir, configFile } = stage;
    const first = await stage.credential();
    const whole = await text(stage);
    const records = await readFile(join(dataDir, 'accounts.json'), 'utf8');
    clock.advance(8 * HOUR);
    await login.refresh('default');
    const second = await stage.credential();
    await rm(spentBeside(configFile));
    await writeFile(join(dataDir, 'accounts.json'), records);
    await writeAsOthersDo(configFile, whole);
    await login.catchUp();
    clock.advance(8 * HOUR);
    await login.refresh('default');
    assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
    assert.equal(await server.refreshTokenState(String(second.refreshToken)), 'spent');
  });
}

test('a service that gives no new refresh token: the copy is offered where all else is lost', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, dataDir } = stage;
  const body = { access_token: 'sk-ant-oat01-second', token_type: 'Bearer', expires_in: 28_800 };
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'answer', status: 200, body } });
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await login.stop();
  await rm(configFile);
  await rm(join(dataDir, 'accounts.json'));
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-removed']);
  await later.putBack('default');
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
});

test('a locked keychain was left with an earlier login that lasted longer: the very last one is put back', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain, accessTokenSeconds: 86_400 });
  keychain.isLocked = true;
  await assert.rejects(stage.login.signOut('default'));
  const again = await stage.open({
    keychain,
    fetch: async (url, init) => {
      const answer = await directNetwork.fetch(url, init);
      if (!url.pathname.endsWith('/token')) return answer;
      return Response.json({ ...((await answer.json()) as object), expires_in: 28_800 });
    },
  });
  await again.signIn();
  const last = await stage.credential();
  await again.stop();
  keychain.isLocked = false;
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  const later = await stage.open({ keychain });
  await later.catchUp();
  await later.putBack('default');
  assert.equal((await stage.credential()).refreshToken, last.refreshToken);
});

test('the service goes back to an earlier token while the keychain is locked: that one is offered where the entry is gone', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  keychain.isLocked = true;
  const body = { access_token: 'sk-ant-oat01-back', refresh_token: first.refreshToken, expires_in: 28_800 };
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'answer', status: 200, body } });
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await login.stop();
  keychain.isLocked = false;
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  const later = await stage.open({ keychain });
  await later.catchUp();
  await later.putBack('default');
  assert.equal((await stage.credential()).accessToken, body.access_token);
});
