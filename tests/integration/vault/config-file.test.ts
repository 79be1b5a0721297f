import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConfigFile } from '../../../src-main/vault/config/config-file.ts';
import { firstOutput, startChild } from '../../support/vault/child.ts';
import { removing, saving } from '../../support/vault/edits.ts';
import { credential, failure, temporaryFolder } from '../../support/vault/sample.ts';

const isUnix = process.platform !== 'win32';

async function newConfigFile(t: TestContext, text?: string | Uint8Array): Promise<ConfigFile> {
  const path = join(await temporaryFolder(t), 'config.yaml');
  if (text !== undefined) await writeFile(path, text, { mode: 0o600 });
  return open(path);
}

function open(path: string): ConfigFile {
  return new ConfigFile(path, { journalFolder: join(dirname(path), 'own'), settleMs: 20 });
}

const credentialsIn = async (file: ConfigFile) =>
  (await file.read()).entries.map((entry) => entry.credential);

test('without a file nobody is signed in, and looking creates nothing', async (t) => {
  const file = await newConfigFile(t);
  assert.deepEqual(await file.read(), {
    entries: [],
    ids: [],
    olderBlock: null,
    unreadable: [],
    keys: { own: '', listed: [] },
    readableByOthers: null,
    isSettled: true,
  });
  assert.deepEqual(await readdir(dirname(file.path)), []);
});

test('a saved credential reads back, and saving the same again does not touch the file', async (t) => {
  const file = await newConfigFile(t);
  await file.edit(saving(credential));
  assert.deepEqual(await credentialsIn(file), [credential]);
  const { ino } = await stat(file.path);
  await file.edit(saving(credential));
  assert.equal((await stat(file.path)).ino, ino);
  await file.edit(removing('default'));
  assert.deepEqual(await credentialsIn(file), []);
  assert.deepEqual((await readdir(dirname(file.path))).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
});

test('a file that others can read is reported, and mended when asked', { skip: !isUnix }, async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  await chmod(file.path, 0o644);
  assert.equal((await file.read()).readableByOthers, '0644');
  assert.deepEqual(await file.edit(() => []), { changed: false, madePrivateFrom: null });
  assert.equal((await file.read()).readableByOthers, '0644');
  await file.restrictPermissions();
  assert.equal((await file.read()).readableByOthers, null);
});

test(
  'a written file is its owner’s alone, and it is told whom that took a right',
  { skip: !isUnix },
  async (t) => {
    const cases: readonly [mode: number, told: string | null][] = [
      [0o644, '0644'],
      [0o620, '0620'],
      [0o700, null],
      [0o400, null],
      [0o440, '0440'],
      [0o600, null],
    ];
    for (const [mode, madePrivateFrom] of cases) {
      const file = await newConfigFile(t, 'a: 1\n');
      await chmod(file.path, mode);
      const outcome = await file.edit(saving(credential));
      assert.deepEqual(outcome, { changed: true, madePrivateFrom }, mode.toString(8));
      assert.equal((await stat(file.path)).mode & 0o777, mode & 0o600);
    }
    const file = await newConfigFile(t);
    assert.deepEqual(await file.edit(saving(credential)), { changed: true, madePrivateFrom: null });
  },
);

test('what another program writes between reading and replacing is kept', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  const stop = new AbortController();
  let written = 1;
  // Writes as such programs do: the whole file, at any moment, knowing of no lock.
  const other = (async () => {
    while (!stop.signal.aborted) {
      const text = await readFile(file.path, 'utf8');
      const next = text.replace(/^a: \d+/, `a: ${written + 1}`);
      // Only this program changes `a`; if its last write was lost, the number read is older than the one written.
      assert.equal(/^a: (\d+)/.exec(text)?.[1], String(written));
      // At once: between its own look and its own writing it would wipe out what came meanwhile, and that is not ours to mend.
      if (readFileSync(file.path, 'utf8') === text) {
        writeFileSync(file.path, next);
        written += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  for (let count = 0; count < 20; count++) {
    await file.edit(saving({ ...credential, accessToken: `token-${count}` }));
  }
  stop.abort();
  await other;
  assert.equal((await credentialsIn(file))[0]?.accessToken, 'token-19');
});

test('credentials saved at once are all there, in the order of the calls', async (t) => {
  const file = await newConfigFile(t);
  const ids = Array.from({ length: 10 }, (_, index) => `account-${index}`);
  await Promise.all(ids.map((id) => file.edit(saving({ ...credential, id }))));
  assert.deepEqual(
    (await credentialsIn(file)).map(({ id }) => id),
    ids,
  );
});

test('two that open the same file lose nothing of each other', async (t) => {
  const file = await newConfigFile(t);
  const ids = Array.from({ length: 10 }, (_, index) => `account-${index}`);
  await Promise.all(ids.map((id) => open(file.path).edit(saving({ ...credential, id }))));
  assert.deepEqual((await credentialsIn(file)).map(({ id }) => id).sort(), ids);
});

test('a file that cannot be understood is refused and stays byte for byte', async (t) => {
  const cases: readonly [content: string | Uint8Array, expected: Readonly<Record<string, unknown>>][] = [
    ['a: [1\n', { code: 'config-not-yaml', line: 2 }],
    ['- a\n', { code: 'config-shape' }],
    [Uint8Array.of(0x61, 0x3a, 0x20, 0xff), { code: 'config-unreadable', reason: 'not-utf8' }],
    [' '.repeat(4 * 1024 * 1024 + 1), { code: 'config-unreadable', reason: 'too-large' }],
  ];
  for (const [content, expected] of cases) {
    const file = await newConfigFile(t, content);
    await assert.rejects(file.read(), failure({ path: file.path, ...expected }));
    await assert.rejects(file.edit(saving(credential)), failure(expected));
    assert.deepEqual(await readFile(file.path), Buffer.from(content));
  }
});

test('what stands in the way of reading is told by its code', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(open(folder).read(), failure({ code: 'config-unreadable', reason: 'EISDIR' }));
  await assert.rejects(
    open(join(folder, 'file', 'config.yaml')).read(),
    failure({ code: 'config-unreadable', reason: 'ENOTDIR' }),
  );
  if (!isUnix) return;
  await symlink('loop', join(folder, 'loop'));
  await assert.rejects(
    open(join(folder, 'loop')).read(),
    failure({ code: 'config-unreadable', reason: 'ELOOP' }),
  );
  await symlink('/dev/null', join(folder, 'device'));
  const device = open(join(folder, 'device'));
  await assert.rejects(device.read(), failure({ code: 'config-unreadable', reason: 'not-regular' }));
});

test('what stands in the way of writing is told by its code', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  await mkdir(join(dirname(file.path), '.config.yaml.latchkey.lock'));
  await assert.rejects(
    file.edit(saving(credential)),
    failure({ code: 'config-not-writable', reason: 'EISDIR' }),
  );
});

test('missing permissions are told by their code', { skip: process.getuid?.() !== 0 }, async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  process.seteuid?.(65_534);
  t.after(() => process.seteuid?.(0));
  await assert.rejects(file.read(), failure({ code: 'config-unreadable', reason: 'EACCES' }));
  process.seteuid?.(0);
  await chmod(dirname(file.path), 0o755);
  await chmod(file.path, 0o644);
  process.seteuid?.(65_534);
  await assert.rejects(
    file.edit(saving(credential)),
    failure({ code: 'config-not-writable', reason: 'EACCES' }),
  );
  await assert.rejects(file.restrictPermissions(), failure({ code: 'config-not-writable' }));
  process.seteuid?.(0);
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
});

test('several edits are one write', async (t) => {
  const file = await newConfigFile(t);
  await file.edit(saving(credential));
  const two = { ...credential, id: 'two' };
  const outcome = await file.edit(({ entries }) => [
    ...saving({ ...credential, accessToken: 'next' })({ entries }),
    { kind: 'add', credential: two },
    { kind: 'add', credential: two },
  ]);
  assert.ok(outcome.changed);
  assert.deepEqual(await credentialsIn(file), [{ ...credential, accessToken: 'next' }, two, two]);
});

test('a prepared edit has its room, and is made with what is in the file then', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  const folder = dirname(file.path);
  const prepared = await file.prepare(saving(credential));
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
  const [taken = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
  const { size, ino } = await stat(join(folder, taken));
  assert.ok(size > 16 * 1024);
  // Nobody has to wait for what is only prepared.
  await open(file.path).edit(saving({ ...credential, id: 'other' }));
  const outcome = await prepared.commit(saving({ ...credential, accessToken: 'next' }));
  assert.ok(outcome.changed);
  assert.equal((await stat(file.path)).ino, ino);
  assert.deepEqual(
    (await credentialsIn(file)).map(({ id, accessToken }) => [id, accessToken]),
    [
      ['other', credential.accessToken],
      ['default', 'next'],
    ],
  );
  await prepared.release();
  await (await file.prepare(() => [])).release();
  const unused = await file.prepare(saving(credential));
  assert.deepEqual(await unused.commit(() => []), { changed: false, madePrivateFrom: null });
  assert.deepEqual((await readdir(folder)).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
});

test('what would stand in the way of an edit shows when it is prepared', async (t) => {
  const cases: readonly [content: string, expected: Readonly<Record<string, unknown>>][] = [
    ['a: [1\n', { code: 'config-not-yaml' }],
    ['- a\n', { code: 'config-shape', expected: 'top-level-map' }],
    ['providers: &p {}\nb: *p\n', { code: 'config-shape', expected: 'not-shared' }],
  ];
  for (const [content, expected] of cases) {
    const file = await newConfigFile(t, content);
    await assert.rejects(file.prepare(saving(credential)), failure({ path: file.path, ...expected }));
    assert.deepEqual(await readdir(dirname(file.path)), ['config.yaml']);
  }
});

test('a decision about positions that are not there is a mistake of ours, and writes nothing', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  await assert.rejects(
    file.edit(() => [{ kind: 'remove', position: 0 }]),
    RangeError,
  );
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
});

test('a lock held elsewhere is waited for', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  const holder = startChild(t, 'hold-lock.ts', join(dirname(file.path), '.config.yaml.latchkey.lock'));
  await firstOutput(holder);
  const pending = file.edit(saving(credential));
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
  holder.kill('SIGKILL');
  await pending;
  assert.equal((await credentialsIn(file)).length, 1);
});
