import assert from 'node:assert/strict';
import { chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { LockTimeoutError, withFileLock } from '../../../src-main/vault/files/file-lock.ts';
import { standInsFor } from '../../../src-main/vault/files/stand-in-lock.ts';
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

async function allStandIns(lock: string): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const each of standInsFor(lock)) all.push(each);
  return all;
}

test('… whatever temporary folder each of them is told of', async (t) => {
  const folder = await temporaryFolder(t);
  const lock = join(folder, '.lock');
  const before = process.env['TMPDIR'];
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  process.env['TMPDIR'] = join(folder, 'gone');
  await firstOutput(startChild(t, 'hold-lock.ts', lock, 'lockless'));
  process.env['TMPDIR'] = join(folder, 'own');
  await mkdir(join(folder, 'own'));
  letNoLocksThrough(t.mock, folder, 'ENOLCK');
  await assert.rejects(
    withFileLock(lock, 200, () => Promise.resolve()),
    LockTimeoutError,
  );
});

test('… and root waits for whoever owns the folder', { skip: process.getuid?.() !== 0 }, async (t) => {
  const folder = await temporaryFolder(t);
  await chown(folder, 65_534, 65_534);
  letNoLocksThrough(t.mock, folder, 'ENOLCK');
  const lock = join(folder, '.lock');
  assert.equal(await withFileLock(lock, 1_000, (isLocked) => Promise.resolve(isLocked)), true);
  const all = await allStandIns(lock);
  t.after(() => Promise.all(all.map((each) => rm(dirname(each), { recursive: true }))));
  const [standIn = ''] = all;
  assert.equal(basename(dirname(standIn)), 'latchkey-65534.locks');
  const theirs = await Promise.all([dirname(standIn), standIn].map((each) => stat(each)));
  assert.deepEqual(
    theirs.map(({ uid, gid, mode }) => [uid, gid, mode & 0o777]),
    [
      [65_534, 65_534, 0o700],
      [65_534, 65_534, 0o600],
    ],
  );
});

test('… and one that was cleared away while it was waited for is not taken for that of its name', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  const [standIn = ''] = await allStandIns(lock);
  const holder = startChild(t, 'hold-lock.ts', lock, 'lockless');
  await firstOutput(holder);
  letNoLocksThrough(t.mock, dirname(lock), 'ENOLCK');
  const [isWaiting, isAgain] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const tried = new Set<DatabaseSync>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its database below
  const { exec } = DatabaseSync.prototype;
  t.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string) {
    if (this.location() === standIn) tried.add(this);
    if (tried.size > 0) isWaiting.resolve('waits');
    if (tried.size > 1) isAgain.resolve('begins again');
    exec.call(this, sql);
  });
  const asked = withFileLock(lock, 60_000, () => Promise.resolve('had'));
  await isWaiting.promise;
  await rm(standIn);
  const next = startChild(t, 'hold-lock.ts', lock, 'lockless');
  await firstOutput(next);
  holder.kill('SIGKILL');
  assert.equal(await Promise.race([asked, isAgain.promise]), 'begins again');
  next.kill('SIGKILL');
  assert.equal(await asked, 'had');
});

// Behind the others: for some seconds it is not asked again.
test('… also where the first place on this computer has no locks either', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  const [first = '', second] = await allStandIns(lock);
  if (second === undefined) {
    t.skip('there is one place alone');
    return;
  }
  for (const each of [lock, first]) letNoLocksThrough(t.mock, dirname(each), 'ENOSYS');
  await withFileLock(lock, 1_000, async (isLocked) => {
    assert.ok(isLocked);
    await assert.rejects(
      withFileLock(second, 50, () => Promise.resolve()),
      LockTimeoutError,
    );
  });
});

test('a damaged lock file is an error also in a folder that lets locks through', async (t) => {
  const lock = join(await temporaryFolder(t), '.lock');
  await writeFile(lock, 'no database'.repeat(100));
  await assert.rejects(
    withFileLock(lock, 60_000, () => Promise.resolve()),
    { code: 'ERR_SQLITE_ERROR' },
  );
});
