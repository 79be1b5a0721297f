import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { isWorthTelling, type Updates } from '../../../src-main/domain/updates.ts';
import type { Found } from '../../../src-main/updates/engine.ts';
import { UpdateDesk } from '../../../src-main/updates/update-desk.ts';
import { UpdateError } from '../../../src-main/updates/update-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const NOON = Date.UTC(2026, 10, 28, 12);

/** A desk whose feed says what the test says. */
function stage({ lookedAt = null as number | null, canInstall = true, byItself = false } = {}) {
  const clock = new FakeClock(NOON);
  const shown: Updates[] = [];
  const asked: string[] = [];
  const memory = { lookedAt, skipped: null as string | null, notPutInPlace: false };
  const feed = { found: { version: '0.2.0', than: 'newer' } as Found | UpdateError };
  const desk = new UpdateDesk({
    now: () => clock.now(),
    after: (milliseconds, call) => clock.after(milliseconds, call),
    memory: {
      read: () => Promise.resolve({ ...memory }),
      save: (change) => Promise.resolve(void Object.assign(memory, change)),
    },
    loadEngine: () => {
      asked.push('load');
      return Promise.resolve({
        look: () => {
          asked.push('look');
          return feed.found instanceof UpdateError ? Promise.reject(feed.found) : Promise.resolve(feed.found);
        },
        download: (onProgress) => {
          asked.push('download');
          onProgress(0.5);
          return Promise.resolve();
        },
      });
    },
    canInstall,
    byItself: () => byItself,
    show: (updates) => shown.push(updates),
    reportError: () => undefined,
  });
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  };
  return { desk, clock, asked, memory, feed, pass, shown, state: () => shown.at(-1)?.state };
}

test('it looks soon after the start, then once a day, and loads nothing before', async () => {
  const { desk, asked, pass } = stage();
  await desk.begin();
  await pass(15 * SECOND - 1);
  assert.deepEqual(asked, []);
  await pass(1);
  assert.deepEqual(asked, ['load', 'look']);
  await pass(DAY - 1);
  assert.deepEqual(asked, ['load', 'look']);
  await pass(1);
  assert.deepEqual(asked, ['load', 'look', 'look']);
});

test('a restart does not look anew, and a machine that slept looks when it wakes', async () => {
  const { desk, clock, asked, pass } = stage({ lookedAt: NOON - 20 * HOUR });
  await desk.begin();
  await pass(HOUR);
  assert.deepEqual(asked, []);
  clock.set(NOON + 10 * HOUR);
  desk.wake();
  await pass(MINUTE);
  assert.deepEqual(asked, ['load', 'look']);
});

test('a clock that was set back does not end the looking', async () => {
  const { desk, asked, pass } = stage({ lookedAt: NOON + 300 * DAY });
  await desk.begin();
  await pass(MINUTE);
  assert.deepEqual(asked, ['load', 'look']);
});

test('a newer version is told, and fetched when the person says so', async () => {
  const { desk, asked, state, shown } = stage();
  await desk.begin();
  await desk.look();
  assert.deepEqual(state(), { is: 'available', version: '0.2.0', skipped: false });
  assert.deepEqual(asked, ['load', 'look']);
  await desk.download();
  assert.deepEqual(asked, ['load', 'look', 'download']);
  assert.ok(shown.some(({ state: each }) => each.is === 'downloading' && each.share === 0.5));
  assert.deepEqual(state(), { is: 'ready', version: '0.2.0' });
  await desk.look();
  assert.deepEqual(asked, ['load', 'look', 'download'], 'what is ready is not asked about again');
});

test('by itself it is fetched at once, unless it is one that is only told', async () => {
  const ours = stage({ byItself: true });
  await ours.desk.begin();
  await ours.desk.look();
  assert.deepEqual(ours.state(), { is: 'ready', version: '0.2.0' });
  const told = stage({ byItself: true, canInstall: false });
  await told.desk.begin();
  await told.desk.look();
  await told.desk.download();
  assert.deepEqual(told.asked, ['load', 'look']);
  assert.equal(told.state()?.is, 'available');
});

test('a version that is not wanted is not told again, and the one after it is', async () => {
  const { desk, feed, memory, shown } = stage();
  const isTold = () => shown.slice(-1).some(isWorthTelling);
  await desk.begin();
  await desk.look();
  assert.ok(isTold());
  await desk.skip();
  assert.ok(!isTold());
  await desk.look();
  assert.ok(!isTold());
  assert.equal(memory.skipped, '0.2.0');
  feed.found = { version: '0.3.0', than: 'newer' };
  await desk.look();
  assert.ok(isTold());
});

test('what is wrong with a feed is told, and looked at again the next day', async () => {
  const { desk, feed, asked, state, pass } = stage();
  await desk.begin();
  feed.found = { version: '0.0.9', than: 'older' };
  await desk.look();
  assert.deepEqual(state(), { is: 'failed', trouble: 'feed-older' });
  feed.found = new UpdateError('feed-unsigned');
  await pass(DAY);
  assert.deepEqual(asked, ['load', 'look', 'look']);
  assert.deepEqual(state(), { is: 'failed', trouble: 'feed-unsigned' });
});

test('what could not be put in place at the last quit is told after the start', async () => {
  const { desk, memory, state } = stage();
  memory.notPutInPlace = true;
  await desk.begin();
  assert.deepEqual(state(), { is: 'failed', trouble: 'not-put-in-place' });
  await desk.look();
  assert.equal(memory.notPutInPlace, false);
});
