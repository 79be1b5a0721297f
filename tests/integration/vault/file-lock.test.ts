import assert from 'node:assert/strict';
import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { LockTimeoutError, withFileLock } from '../../../src-main/vault/files/file-lock.ts';
import { exitCode, firstOutput, startChild } from '../../support/vault/child.ts';
import { letNoLocksThrough } from '../../support/vault/lockless.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

test('twenty processes that add one each lose no count', async (t) => {
  const folder = await temporaryFolder(t);
  const [counter, lock] = [join(folder, 'counter'), join(folder, '.lock')];
  await writeFile(counter, '0');
  const children = Array.from({ length: 20 }, () => startChild(t, 'increment.ts', counter, lock));
  assert.deepEqual(new Set(await Promise.all(children.map(exitCode))), new Set([0]));
  assert.equal(await readFile(counter, 'utf8'), '20');
  assert.deepEqual((await readdir(folder)).sort(), ['.lock', 'counter']);
  if (process.platform !== 'win32') assert.equal((await stat(lock)).mode & 0o777, 0o600);
});

// Only root can make files for others.
test(
  'a lock that root makes in the folder of somebody is theirs to open',
  { skip: process.getuid?.() !== 0 && 'needs root' },
  async (t) => {
    const folder = await temporaryFolder(t);
    const [theirs, existing] = [join(folder, '.lock'), join(folder, '.existing')];
    await writeFile(existing, '', { mode: 0o600 });
    await chown(folder, 65_534, 65_534);
    for (const lock of [theirs, existing]) await withFileLock(lock, 50, () => Promise.resolve());
    const { uid, gid, mode } = await stat(theirs);
    assert.deepEqual([uid, gid, mode & 0o777], [65_534, 65_534, 0o600]);
    // It may have another name elsewhere, which would be given away with it.
    assert.equal((await stat(existing)).uid, 0);
  },
);

test('a lock held elsewhere times out, and is free at once when its holder is killed', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  const holder = startChild(t, 'hold-lock.ts', lock);
  await firstOutput(holder);
  await assert.rejects(
    withFileLock(lock, 50, () => Promise.resolve()),
    LockTimeoutError,
  );
  const waiting = withFileLock(lock, 5_000, () => Promise.resolve(performance.now()));
  holder.kill('SIGKILL');
  await exitCode(holder);
  const killed = performance.now();
  assert.ok((await waiting) - killed < 4_000);
  // A hot journal would be the trace of a database in trouble.
  assert.deepEqual(await readdir(join(lock, '..')), ['.lock']);
});

test('callers in one process take turns in order, and one that fails frees the lock', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  const events: string[] = [];
  const turn = (name: string) =>
    withFileLock(lock, 5_000, async () => {
      events.push(`${name} begins`);
      await new Promise(setImmediate);
      events.push(`${name} ends`);
      if (name === 'b') throw new Error(name);
    });
  const results = await Promise.allSettled(['a', 'b', 'c'].map(turn));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(events, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a lock file that cannot be made is an error, not a wait', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  await mkdir(lock);
  await assert.rejects(
    withFileLock(lock, 5_000, () => Promise.resolve()),
    { code: 'EISDIR' },
  );
});

for (const as of ['ENOLCK', 'ENOSYS'] as const) {
  test(`a folder that lets no locks through (${as}): nobody is waited for, and callers take turns`, async (t) => {
    const folder = await temporaryFolder(t);
    letNoLocksThrough(t.mock, folder, as);
    let running = 0;
    const work = async (isLocked: boolean) => {
      assert.equal(++running, 1);
      await new Promise(setImmediate);
      running--;
      return isLocked;
    };
    const lock = join(folder, '.lock');
    const begun = performance.now();
    assert.deepEqual(await Promise.all([1, 2].map(() => withFileLock(lock, 60_000, work))), [true, true]);
    assert.ok(performance.now() - begun < 5_000);
    assert.deepEqual(await readdir(folder), ['.lock']);
  });
}

test('… and other processes on this computer are waited for', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  const holder = startChild(t, 'hold-lock.ts', lock, 'lockless');
  await firstOutput(holder);
  letNoLocksThrough(t.mock, dirname(lock), 'ENOLCK');
  const asked = () => withFileLock(lock, 200, () => Promise.resolve('had'));
  await assert.rejects(asked(), LockTimeoutError);
  holder.kill('SIGKILL');
  await exitCode(holder);
  assert.equal(await asked(), 'had');
});

test('a damaged lock file is an error also in a folder that lets locks through', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  await writeFile(lock, 'no database'.repeat(100));
  await assert.rejects(
    withFileLock(lock, 60_000, () => Promise.resolve()),
    { code: 'ERR_SQLITE_ERROR' },
  );
});
