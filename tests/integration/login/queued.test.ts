import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { refusalsInARow } from '../../../src-main/domain/history.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Fetch } from '../../../src-main/network/network.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import type { Mood } from '../../support/practice/mood.ts';
import { presented } from '../neighbours/kit.ts';

/** Five commands want a token at the same moment, while the service is in a mood. */
async function askedAtOnce(t: TestContext, behaviour: Mood['behaviour']) {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  await login.stop();
  const open = async () => {
    const command = await stage.open();
    await command.catchUp();
    return command;
  };
  const commands = await Promise.all(Array.from({ length: 5 }, open));
  stage.onTokenRequest = () => {
    clock.advance(SECOND);
    return Promise.resolve();
  };
  clock.advance(8 * HOUR);
  server.setMood({ endpoint: 'token', behaviour });
  const before = presented.length;
  const asked = await Promise.allSettled(commands.map((command) => command.accessToken('default', MINUTE)));
  server.setMood({ endpoint: 'token', behaviour: { kind: 'well' } });
  assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set(['rejected']));
  assert.equal(presented.length - before, 1);
  return { clock, token: async () => (await open()).accessToken('default', MINUTE) };
}

test('a connection that breaks for a second: who waited for their turn does not ask once more, and the login goes on', async (t) => {
  const { clock, token } = await askedAtOnce(t, { kind: 'reset' });
  clock.advance(MINUTE + SECOND);
  assert.notEqual(await token(), '');
});

test('asked to wait: who waited for their turn has been told so, and the wait does not grow by it', async (t) => {
  const { clock, token } = await askedAtOnce(t, { kind: 'answer', status: 429 });
  clock.advance(5 * MINUTE + SECOND);
  assert.notEqual(await token(), '');
});

test('a proxy that refuses eight commands at once makes the next one wait no longer than after one', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  let isRefusing = true;
  const fetch: Fetch = (url, init) => {
    if (!isRefusing) return directNetwork.fetch(url, init);
    stage.clock.advance(SECOND);
    const failure = {
      code: 'proxy-refused',
      host: url.host,
      reason: '403',
      proxy: 'p:1',
      as: 'system',
    } as const;
    return Promise.reject(new FailureError(failure));
  };
  const open = async () => {
    const command = await stage.open({ fetch, isReachable: () => Promise.resolve(!isRefusing) });
    await command.catchUp();
    return command;
  };
  const commands = await Promise.all(Array.from({ length: 8 }, open));
  stage.clock.advance(8 * HOUR);
  await Promise.allSettled(commands.map((command) => command.accessToken('default', MINUTE)));
  const { accounts } = (await open()).snapshot;
  assert.equal(refusalsInARow(accounts[0]?.history ?? []).length, 1);
  isRefusing = false;
  stage.clock.advance(MINUTE);
  assert.notEqual(await (await open()).accessToken('default', MINUTE), '');
});

test('refused while the clock was ahead: once it is set back nobody takes that for an answer of just now', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  clock.advance(8 * HOUR);
  const now = clock.now();
  clock.set(now + 2 * HOUR);
  server.setMood({ endpoint: 'token', behaviour: { kind: 'answer', status: 503 } });
  assert.equal((await login.refresh('default')).kind, 'refused');
  server.setMood({ endpoint: 'token', behaviour: { kind: 'well' } });
  clock.set(now + MINUTE);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

/** One that nobody can open, and that takes its time to say so. */
class SlowKeychain extends MemoryKeychain {
  opening: Promise<undefined> = Promise.resolve(undefined);

  protected override async asked(): Promise<void> {
    await this.opening;
    return super.asked();
  }
}

test('what kept another process from asking is no answer: the app, whose keychain is open, renews', async (t) => {
  const [open, closed] = [new MemoryKeychain(), new SlowKeychain()];
  const stage = await signedIn(t, { secrets: open });
  const { login, clock } = stage;
  await login.storage.move('default', 'access-only');
  closed.isLocked = true;
  const cron = await stage.open({ secrets: closed });
  await cron.catchUp();
  clock.advance(8 * HOUR);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  closed.opening = promise;
  const first = cron.refresh('default');
  await delay(100);
  const second = login.refresh('default');
  await delay(100);
  clock.advance(SECOND);
  resolve(undefined);
  assert.equal((await first).kind, 'refused');
  assert.equal((await second).kind, 'refreshed');
});
