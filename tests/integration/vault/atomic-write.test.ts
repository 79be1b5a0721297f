import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import fs, { existsSync, linkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  takeRoom,
  temporaryFilesFor,
  writeFileAtomically,
} from '../../../src-main/vault/files/atomic-write.ts';
import { makeFolder } from '../../../src-main/vault/files/owner-only.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

const isUnix = process.platform !== 'win32';
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('a new file has mode 0600 in new folders of mode 0700, and nothing else is left', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a', 'b', 'file');
  await writeFileAtomically(path, 'text');
  assert.equal(await readFile(path, 'utf8'), 'text');
  assert.deepEqual(await readdir(join(folder, 'a', 'b')), ['file']);
  if (!isUnix) return;
  assert.equal(await modeOf(path), 0o600);
  assert.equal(await modeOf(join(folder, 'a')), 0o700);
  assert.equal(await modeOf(join(folder, 'a', 'b')), 0o700);
});

test(
  'an existing file is its owner’s alone then, its folder stays as it is',
  { skip: !isUnix },
  async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'file');
    for (const mode of [0o644, 0o664, 0o400, 0o440, 0o600]) {
      await chmod(folder, 0o755);
      await writeFile(path, 'old');
      await chmod(path, mode);
      await writeFileAtomically(path, 'new');
      assert.equal(await modeOf(path), mode & 0o600);
      assert.equal(await modeOf(folder), 0o755);
      await chmod(path, 0o600);
    }
  },
);

test(
  'a file that root makes in the folder of somebody is theirs, and so are the folders to it',
  { skip: process.getuid?.() !== 0 },
  async (t) => {
    // In one of root's alone, as in a container.
    const folder = join(await temporaryFolder(t), 'theirs');
    await mkdir(folder);
    await chown(folder, 65_534, 65_534);
    await writeFileAtomically(join(folder, 'one', 'two', 'file'), 'text');
    for (const made of ['one', 'one/two', 'one/two/file']) {
      const { uid, gid } = await stat(join(folder, made));
      assert.deepEqual([uid, gid], [65_534, 65_534], made);
    }
  },
);

test(
  'room that root takes in the folder of somebody is theirs, with what a crash leaves in it',
  { skip: process.getuid?.() !== 0 },
  async (t) => {
    const folder = join(await temporaryFolder(t), 'theirs');
    await mkdir(folder);
    await chown(folder, 65_534, 65_534);
    const room = await takeRoom(join(folder, 'file'), 1_024);
    room.draft('x'.repeat(1_024));
    const [path = ''] = await temporaryFilesFor(join(folder, 'file'));
    const { uid, gid } = await stat(path);
    assert.deepEqual([uid, gid], [65_534, 65_534]);
    await room.release();
  },
);

/** Calls `before` as this is about to be done, also where it has been imported by name. */
function beforeCall(t: TestContext, of: object, name: string, before: (path: string) => void) {
  const methods = of as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name];
  methods[name] = (...args) => {
    before(String(args[0]));
    return original?.(...args);
  };
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(of, { [name]: original });
    syncBuiltinESMExports();
  });
}

test(
  'a link that somebody puts in their folder meanwhile gives nothing of root’s away',
  { skip: process.getuid?.() !== 0 },
  async (t) => {
    const folder = await temporaryFolder(t);
    const [home, roots] = [join(folder, 'home'), join(folder, 'usr')];
    const local = join(home, '.local');
    for (const each of [local, join(roots, 'share')]) await mkdir(each, { recursive: true });
    for (const each of [home, local]) await chown(each, 65_534, 65_534);
    await chmod(folder, 0o755);
    let isLink = false;
    const putLink = () => {
      if (isLink) return;
      isLink = true;
      renameSync(local, join(home, '.was'));
      symlinkSync(roots, local);
    };
    beforeCall(t, fs, 'mkdirSync', putLink);
    // Where it was to be given away once it was made.
    beforeCall(t, fs.promises, 'lchown', putLink);
    await makeFolder(join(local, 'share', 'latchkey'));
    assert.ok(isLink);
    assert.equal((await stat(join(roots, 'share'))).uid, 0);
    assert.deepEqual(await readdir(join(roots, 'share')), []);
    assert.equal((await stat(join(home, '.was', 'share', 'latchkey'))).uid, 65_534);
    assert.deepEqual([process.geteuid?.(), process.getegid?.()], [0, 0]);
  },
);

test(
  'another name of a file of root’s, put in the place of a temporary one, is not written over',
  { skip: process.getuid?.() !== 0 },
  async (t) => {
    const folder = await temporaryFolder(t);
    const [theirs, roots] = [join(folder, 'home'), join(folder, 'root')];
    await mkdir(theirs);
    await chown(theirs, 65_534, 65_534);
    await writeFile(roots, 'root’s');
    beforeCall(t, fs.promises, 'open', (path) => {
      if (!path.endsWith('.tmp') || !existsSync(path)) return;
      rmSync(path);
      linkSync(roots, path);
    });
    await assert.rejects(writeFileAtomically(join(theirs, 'file'), 'text'), { code: 'EMLINK' });
    assert.equal(await readFile(roots, 'utf8'), 'root’s');
    assert.equal((await stat(roots)).uid, 0);
  },
);

test('root leaves a file with its owner', { skip: process.getuid?.() !== 0 }, async (t) => {
  const path = join(await temporaryFolder(t), 'file');
  await writeFile(path, 'old');
  await chown(path, 1234, 2345);
  await writeFileAtomically(path, 'new');
  const { uid, gid } = await stat(path);
  assert.deepEqual([uid, gid], [1234, 2345]);
});

test(
  'links stay and their target is replaced, also where it does not exist yet',
  { skip: !isUnix },
  async (t) => {
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'alias'));
    await symlink('alias/first', join(folder, 'second'));
    await symlink('../real/target', join(folder, 'real', 'first'));
    for (const text of ['created', 'replaced']) {
      await writeFileAtomically(join(folder, 'second'), text);
      assert.equal(await readFile(join(folder, 'real', 'target'), 'utf8'), text);
    }
    assert.equal(await readlink(join(folder, 'second')), 'alias/first');
    assert.ok((await lstat(join(folder, 'real', 'first'))).isSymbolicLink());
    assert.deepEqual((await readdir(join(folder, 'real'))).sort(), ['first', 'target']);
  },
);

test('a circle of links is an error', { skip: !isUnix }, async (t) => {
  const folder = await temporaryFolder(t);
  await symlink('b', join(folder, 'a'));
  await symlink('a', join(folder, 'b'));
  await assert.rejects(writeFileAtomically(join(folder, 'a'), 'text'), { code: 'ELOOP' });
});

test('a failure leaves the old file and no other', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file');
  await writeFile(path, 'old');
  const stop = () => Promise.reject(new Error('stop'));
  await assert.rejects(writeFileAtomically(path, 'new', stop), { message: 'stop' });
  await mkdir(join(folder, 'occupied', 'x'), { recursive: true });
  await assert.rejects(writeFileAtomically(join(folder, 'occupied'), 'new'));
  assert.equal(await readFile(path, 'utf8'), 'old');
  assert.deepEqual((await readdir(folder)).sort(), ['file', 'occupied']);
});

test('room is none where a folder takes new files and no renaming', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), 'old');
  // Not on every file system, and root's alone, and not every root's.
  if (spawnSync('chattr', ['+a', folder]).status !== 0) {
    t.skip('no folder can be made to take new files alone here');
    return;
  }
  try {
    await assert.rejects(takeRoom(join(folder, 'file'), 1_000), { code: 'EPERM' });
  } finally {
    execFileSync('chattr', ['-a', folder]);
  }
});

test('what a crash left behind is cleared away, but nothing young and nothing of others', async (t) => {
  const folder = await temporaryFolder(t);
  const leftover = (index: number) => `.file.0000000${index}-0000-4000-8000-000000000000.tmp`;
  for (const name of [leftover(1), leftover(2), '.file.tmp', '.file.other.tmp'])
    await writeFile(join(folder, name), '');
  for (const room of [leftover(3), leftover(4)]) await writeFile(join(folder, room), randomBytes(1_000));
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  for (const name of [leftover(1), '.file.tmp', '.file.other.tmp'])
    await utimes(join(folder, name), hoursAgo(24 * 31 + 1), hoursAgo(24 * 31 + 1));
  // The next refresh may need it.
  await utimes(join(folder, leftover(2)), hoursAgo(24 * 31 - 1), hoursAgo(24 * 31 - 1));
  // Nothing was written into these.
  await utimes(join(folder, leftover(3)), hoursAgo(25), hoursAgo(25));
  await utimes(join(folder, leftover(4)), hoursAgo(23), hoursAgo(23));
  await writeFileAtomically(join(folder, 'file'), 'text');
  assert.deepEqual(
    (await readdir(folder)).sort(),
    [leftover(2), leftover(4), '.file.other.tmp', '.file.tmp', 'file'].sort(),
  );
});

test('room is taken on disk, written over, and given back', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file');
  const room = await takeRoom(path, 100_000);
  const [taken = ''] = await readdir(folder);
  const { size, blocks, ino } = await stat(join(folder, taken));
  assert.equal(size, 100_000);
  if (isUnix) assert.ok(blocks * 512 >= 100_000);
  // Failing once does not use it up.
  await assert.rejects(
    room.replace('text', () => Promise.reject(new Error('stop'))),
    { message: 'stop' },
  );
  await room.replace('text');
  assert.equal((await stat(path)).ino, ino);
  assert.equal(await readFile(path, 'utf8'), 'text');
  await room.release();
  assert.deepEqual(await readdir(folder), ['file']);
  await (await takeRoom(path, 10)).release();
  assert.deepEqual(await readdir(folder), ['file']);
});

test('room that vanished, was exchanged, is too small or lies elsewhere by now is made anew', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['one', 'two']) await mkdir(join(folder, name));
  const path = join(folder, 'file');
  await symlink(join('one', 'target'), path);
  const spoil: readonly ((taken: string) => Promise<void>)[] = [
    (taken) => rm(taken),
    async (taken) => {
      await rename(taken, `${taken}.old`);
      await writeFile(taken, 'theirs');
      await rm(`${taken}.old`);
    },
    () => Promise.resolve(),
    async () => {
      await rm(path);
      await symlink(join('two', 'target'), path);
    },
  ];
  for (const [index, each] of spoil.entries()) {
    const room = await takeRoom(path, 10);
    const taken = (await readdir(join(folder, 'one'))).find((name) => name.endsWith('.tmp')) ?? '';
    await each(join(folder, 'one', taken));
    const text = `${index} `.repeat(1_000);
    await room.replace(text);
    await room.release();
    assert.equal(await readFile(path, 'utf8'), text);
    assert.ok((await lstat(path)).isSymbolicLink());
    assert.deepEqual(await readdir(join(folder, 'one')), ['target']);
  }
  assert.deepEqual(await readdir(join(folder, 'two')), ['target']);
});
