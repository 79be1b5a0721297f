import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConfigFile } from '../../../src-main/vault/config-file.ts';
import { firstOutput, startChild } from '../../support/vault/child.ts';
import { credential, failure, temporaryFolder } from '../../support/vault/sample.ts';

const isUnix = process.platform !== 'win32';

async function newConfigFile(t: TestContext, text?: string | Uint8Array): Promise<ConfigFile> {
  const path = join(await temporaryFolder(t), 'config.yaml');
  if (text !== undefined) await writeFile(path, text, { mode: 0o600 });
  return new ConfigFile(path);
}

test('without a file nobody is signed in, and looking creates nothing', async (t) => {
  const file = await newConfigFile(t);
  assert.deepEqual(await file.read(), { credentials: [], readableByOthers: null });
  assert.deepEqual(await readdir(dirname(file.path)), []);
});

test('a saved credential reads back, and saving the same again does not touch the file', async (t) => {
  const file = await newConfigFile(t);
  await file.saveCredential(credential);
  assert.deepEqual((await file.read()).credentials, [credential]);
  const { ino } = await stat(file.path);
  await file.saveCredential(credential);
  assert.equal((await stat(file.path)).ino, ino);
  await file.removeCredential('default');
  assert.deepEqual((await file.read()).credentials, []);
  assert.deepEqual((await readdir(dirname(file.path))).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
});

test(
  'a file that others can read keeps its mode, is reported, and mended when asked',
  { skip: !isUnix },
  async (t) => {
    const file = await newConfigFile(t, 'a: 1\n');
    await chmod(file.path, 0o644);
    await file.saveCredential(credential);
    assert.equal((await file.read()).readableByOthers, '0644');
    await file.restrictPermissions();
    assert.equal((await file.read()).readableByOthers, null);
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
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  for (let count = 0; count < 20; count++) {
    await file.saveCredential({ ...credential, accessToken: `token-${count}` });
  }
  stop.abort();
  await other;
  assert.equal((await file.read()).credentials[0]?.accessToken, 'token-19');
});

test('credentials saved at once are all there, in the order of the calls', async (t) => {
  const file = await newConfigFile(t);
  const ids = Array.from({ length: 10 }, (_, index) => `account-${index}`);
  await Promise.all(ids.map((id) => file.saveCredential({ ...credential, id })));
  assert.deepEqual(
    (await file.read()).credentials.map(({ id }) => id),
    ids,
  );
});

test('two that open the same file lose nothing of each other', async (t) => {
  const file = await newConfigFile(t);
  const ids = Array.from({ length: 10 }, (_, index) => `account-${index}`);
  await Promise.all(ids.map((id) => new ConfigFile(file.path).saveCredential({ ...credential, id })));
  assert.deepEqual((await file.read()).credentials.map(({ id }) => id).sort(), ids);
});

test('a file that cannot be understood is refused and stays byte for byte', async (t) => {
  const cases: readonly [content: string | Uint8Array, expected: Readonly<Record<string, unknown>>][] = [
    ['a: [1\n', { code: 'config-not-yaml', line: 2 }],
    ['- a\n', { code: 'config-shape' }],
    [Uint8Array.of(0x61, 0x3a, 0x20, 0xff), { code: 'config-unreadable', reason: 'not-utf8' }],
    [' '.repeat(256 * 1024 + 1), { code: 'config-unreadable', reason: 'too-large' }],
  ];
  for (const [content, expected] of cases) {
    const file = await newConfigFile(t, content);
    await assert.rejects(file.read(), failure({ path: file.path, ...expected }));
    await assert.rejects(file.saveCredential(credential), failure(expected));
    assert.deepEqual(await readFile(file.path), Buffer.from(content));
  }
});

test('what stands in the way of reading is told by its code', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(
    new ConfigFile(folder).read(),
    failure({ code: 'config-unreadable', reason: 'EISDIR' }),
  );
  await assert.rejects(
    new ConfigFile(join(folder, 'file', 'config.yaml')).read(),
    failure({ code: 'config-unreadable', reason: 'ENOTDIR' }),
  );
  if (!isUnix) return;
  await symlink('loop', join(folder, 'loop'));
  await assert.rejects(
    new ConfigFile(join(folder, 'loop')).read(),
    failure({ code: 'config-unreadable', reason: 'ELOOP' }),
  );
  await symlink('/dev/null', join(folder, 'device'));
  const device = new ConfigFile(join(folder, 'device'));
  await assert.rejects(device.read(), failure({ code: 'config-unreadable', reason: 'not-regular' }));
});

test('what stands in the way of writing is told by its code', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  await mkdir(join(dirname(file.path), '.config.yaml.latchkey.lock'));
  await assert.rejects(
    file.saveCredential(credential),
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
    file.saveCredential(credential),
    failure({ code: 'config-not-writable', reason: 'EACCES' }),
  );
  await assert.rejects(file.restrictPermissions(), failure({ code: 'config-not-writable' }));
  process.seteuid?.(0);
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
});

test('a lock held elsewhere is waited for', async (t) => {
  const file = await newConfigFile(t, 'a: 1\n');
  const holder = startChild(t, 'hold-lock.ts', join(dirname(file.path), '.config.yaml.latchkey.lock'));
  await firstOutput(holder);
  const saving = file.saveCredential(credential);
  assert.equal(await readFile(file.path, 'utf8'), 'a: 1\n');
  holder.kill('SIGKILL');
  await saving;
  assert.equal((await file.read()).credentials.length, 1);
});
