import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { withLock } from '../../../scripts/set-up/lock.mjs';

function lockPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'set-up.lock');
}

const neverWaits = () => assert.fail('waited');

test('two that want the lock have it one after the other, the second being told for whom it waits', async (t) => {
  const path = lockPath(t);
  const events: string[] = [];
  const waitedFor: number[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
  const first = withLock(path, neverWaits, async () => {
    events.push('first in');
    await held;
    events.push('first out');
  });
  const onWait = (pid: number) => {
    waitedFor.push(pid);
    release(undefined);
  };
  const second = withLock(path, onWait, () => {
    events.push('second in');
    return Promise.resolve();
  });
  await Promise.all([first, second]);
  assert.deepEqual(events, ['first in', 'first out', 'second in']);
  assert.deepEqual(waitedFor, [process.pid]);
  assert.equal(existsSync(path), false);
});

test('the lock of a process that is no more is taken over', async (t) => {
  const path = lockPath(t);
  writeFileSync(path, String(spawnSync(process.execPath, ['--version']).pid));
  assert.equal(await withLock(path, neverWaits, () => Promise.resolve('done')), 'done');
});

test('work that fails leaves no lock behind', async (t) => {
  const path = lockPath(t);
  await assert.rejects(
    withLock(path, neverWaits, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(existsSync(path), false);
});
