import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { block, codes, iso, renewedByAnother, text, times, write } from './kit.ts';

// Both wake at the same moment, and the other program is through before we have sent anything.

async function renews(stage: Stage, credential: Credential, id = 'default'): Promise<Credential> {
  const renewed = await renewedByAnother(stage, credential);
  await write(stage, block(id, renewed, iso(stage.clock.now() + 8 * HOUR)));
  return renewed;
}

async function isKept(stage: Stage, first: Credential, second: Credential) {
  assert.equal(times(first.refreshToken), 1, 'a spent one was presented');
  assert.deepEqual(codes(stage.login), []);
  assert.equal(await stage.server.refreshTokenState(String(second.refreshToken)), 'live');
  stage.clock.advance(10 * SECOND);
  assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
}

/** Opens what renews while a connection is made. */
async function whileConnecting(stage: Stage, work: () => Promise<unknown>) {
  await stage.login.stop();
  let isFirst = true;
  const login = await stage.open({
    fetch: async (url, init) => {
      if (isFirst && url.pathname.endsWith('/token')) {
        isFirst = false;
        await work();
      }
      return directNetwork.fetch(url, init);
    },
  });
  await login.catchUp();
  return Object.assign(stage, { login });
}

test('another program renews while our connection is made: what it got is taken, and nothing sent', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  stage.clock.advance(8 * HOUR);
  let second = first;
  const woken = await whileConnecting(stage, async () => (second = await renews(stage, first)));
  assert.equal((await woken.login.refresh('default')).kind, 'adopted');
  await isKept(woken, first, second);
});

test('… or while the keychain takes its time', async (t) => {
  let before: (() => Promise<unknown>) | null = null;
  class SlowKeychain extends MemoryKeychain {
    override async read() {
      const work = before;
      before = null;
      await work?.();
      return super.read();
    }
  }
  const stage = await signedIn(t, { keychain: new SlowKeychain() });
  const first = await stage.credential();
  stage.clock.advance(8 * HOUR);
  let second = first;
  before = async () => (second = await renews(stage, first));
  assert.equal((await stage.login.refresh('default')).kind, 'adopted');
  await isKept(stage, first, second);
});

test('… or gives the entry another id as well', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  stage.clock.advance(8 * HOUR);
  const woken = await whileConnecting(stage, () => renews(stage, first, 'work'));
  assert.notEqual((await woken.login.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1, 'a spent one was presented');
});

test('one that gives the entry another id alone keeps nothing from being renewed', async (t) => {
  const stage = await signedIn(t);
  stage.clock.advance(8 * HOUR);
  const woken = await whileConnecting(stage, async () =>
    writeAsOthersDo(stage.configFile, (await text(stage)).replace('id: default', 'id: work')),
  );
  assert.equal((await woken.login.refresh('default')).kind, 'refreshed');
});
