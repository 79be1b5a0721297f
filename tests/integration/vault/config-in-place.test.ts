import assert from 'node:assert/strict';
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConfigFile } from '../../../src-main/vault/config/config-file.ts';
import { takeRoomInPlace } from '../../../src-main/vault/files/in-place-write.ts';
import type { Action, Order } from '../../support/vault/config-driver.ts';
import { drive } from '../../support/vault/mounts.ts';
import { saving } from '../../support/vault/edits.ts';
import { credential, temporaryFolder } from '../../support/vault/sample.ts';

const NOBODY = 65_534;
const changed = { changed: true, madePrivateFrom: null };
const head = '# mine\nserver: {port: 1}\n';

/** A config file that cannot be replaced, and how to get at it. */
interface Stage {
  /** As the file really is. */
  readonly real: string;
  readonly folder: string;
  readonly journalFolder: string;
  readonly run: (actions: readonly Action[], dieAt?: number) => ReturnType<typeof drive>;
}

/** Mounted by itself, as into a container; with `readOnly` the folder around it takes nothing. */
async function mountedFile(t: TestContext, readOnly = false): Promise<Stage> {
  const top = await temporaryFolder(t);
  const [real, folder, journalFolder] = [join(top, 'real.yaml'), join(top, 'config'), join(top, 'own')];
  await mkdir(folder);
  await mkdir(journalFolder);
  await writeFile(real, head, { mode: 0o600 });
  const configFile = join(folder, 'config.yaml');
  await writeFile(configFile, '');
  const order = { configFile, journalFolder, uid: null };
  const setUp = [
    ...(readOnly ? [`mount --bind ${folder} ${folder}`, `mount -o remount,ro,bind ${folder}`] : []),
    `mount --bind ${real} ${configFile}`,
  ];
  const run = (actions: readonly Action[], dieAt: number | null = null) =>
    drive({ ...order, actions, dieAt }, setUp);
  return { real, folder, journalFolder, run };
}

/** In a folder that its owner has made read-only. */
async function lockedInFile(t: TestContext): Promise<Stage> {
  const top = await temporaryFolder(t);
  const [folder, journalFolder] = [join(top, 'config'), join(top, 'own')];
  const real = join(folder, 'config.yaml');
  await chmod(top, 0o755);
  await mkdir(folder);
  await mkdir(journalFolder);
  await writeFile(real, head, { mode: 0o600 });
  for (const path of [folder, journalFolder, real]) await chown(path, NOBODY, NOBODY);
  await chmod(folder, 0o555);
  const order: Omit<Order, 'actions' | 'dieAt'> = { configFile: real, journalFolder, uid: NOBODY };
  const run = (actions: readonly Action[], dieAt: number | null = null) =>
    drive({ ...order, actions, dieAt });
  return { real, folder, journalFolder, run };
}

const stages = [
  ['mounted by itself', (t: TestContext) => mountedFile(t)],
  ['mounted by itself in a read-only folder', (t: TestContext) => mountedFile(t, true)],
  ['in a folder that may not be written', lockedInFile],
] as const;

for (const [name, stageOf] of stages) {
  test(`a file ${name} is written all the same, in place, and nothing is left behind`, async (t) => {
    const { real, folder, journalFolder, run } = await stageOf(t);
    await chmod(real, 0o644);
    const { ino, uid } = await stat(real);
    const long = 'x'.repeat(500);
    const outcomes = await run([
      { do: 'edit', token: 'first' },
      { do: 'read' },
      { do: 'edit', token: long },
      { do: 'prepare', token: 'shorter' },
      { do: 'commit', token: 'shorter' },
      { do: 'read' },
    ]);
    assert.deepEqual(outcomes, [
      { changed: true, madePrivateFrom: '0644' },
      ['first'],
      changed,
      'prepared',
      changed,
      ['shorter'],
    ]);
    const after = await stat(real);
    assert.deepEqual([after.ino, after.uid, after.mode & 0o777], [ino, uid, 0o600]);
    const text = await readFile(real, 'utf8');
    assert.ok(text.startsWith(head) && text.includes('shorter') && !text.includes('xxx'));
    const names = [...(await readdir(folder)), ...(await readdir(journalFolder))];
    for (const each of names) assert.doesNotMatch(each, /journal|tmp/);
  });
}

// What the third adds is where the journal is, and that it shares with the second.
for (const [name, stageOf] of [stages[0], stages[2]]) {
  test(`killed at any step, a writer of a file ${name} has changed nothing or is finished by the next`, async (t) => {
    const { real, folder, journalFolder, run } = await stageOf(t);
    const textWith = async (token: string) => {
      await run([{ do: 'edit', token }]);
      return { token, text: await readFile(real, 'utf8') };
    };
    const [short, long] = [await textWith('short-token'), await textWith('long-token-'.repeat(30))];
    const seen = { old: 0, finished: 0, torn: 0 };
    let isDone = false;
    for (let dieAt = 1; !isDone; dieAt++) {
      // Shrinking and growing by turns.
      const [before, after] = dieAt % 2 === 0 ? [long, short] : [short, long];
      const edits = [before, after].map(({ token }) => ({ do: 'edit', token }) as const);
      isDone = (await run(edits, dieAt)) !== null;
      const torn = await readFile(real, 'utf8');
      const [found] = (await run([{ do: 'read' }])) ?? assert.fail();
      const now = await readFile(real, 'utf8');
      const isOld = now === before.text;
      assert.equal(now, isOld ? before.text : after.text, `step ${dieAt}`);
      assert.deepEqual(found, [isOld ? before.token : after.token], `step ${dieAt}`);
      if (isOld) seen.old += 1;
      else if (torn === now) seen.finished += 1;
      else seen.torn += 1;
      const names = [...(await readdir(folder)), ...(await readdir(journalFolder))];
      for (const each of names) assert.doesNotMatch(each, /journal$/, `step ${dieAt}`);
    }
    t.diagnostic(JSON.stringify(seen));
    assert.ok(seen.old > 2 && seen.torn > 2 && seen.finished > 2);
  });
}

test('a folder that may not be written and a file that may not either are told', async (t) => {
  const { real, run } = await lockedInFile(t);
  await chmod(real, 0o444);
  const [outcome] = (await run([{ do: 'edit', token: 'x' }])) ?? assert.fail();
  assert.deepEqual(outcome, { code: 'config-not-writable', path: real, reason: 'EACCES' });
  assert.equal(await readFile(real, 'utf8'), head);
});

test('a file that cannot be replaced any more when it comes to it is written in place', async (t) => {
  const top = await temporaryFolder(t);
  const [configFile, real] = [join(top, 'config.yaml'), join(top, 'real.yaml')];
  for (const path of [configFile, real]) await writeFile(path, head, { mode: 0o600 });
  const hidden = join(top, 'mountinfo');
  await writeFile(hidden, '');
  const outcomes = await drive(
    {
      configFile,
      journalFolder: join(top, 'own'),
      uid: null,
      dieAt: null,
      actions: [
        { do: 'prepare', token: 'trial' },
        { do: 'mount', real },
        { do: 'commit', token: 'first' },
        { do: 'edit', token: 'second' },
        { do: 'read' },
      ],
    },
    // As where the system does not tell what is mounted.
    [`mount --bind ${hidden} /proc/self/mountinfo`],
  );
  assert.deepEqual(outcomes, ['prepared', '', changed, changed, ['second']]);
  assert.match(await readFile(real, 'utf8'), /second/);
  assert.equal(await readFile(configFile, 'utf8'), head);
  const left = await readdir(top);
  assert.deepEqual(left.sort(), ['.config.yaml.latchkey.lock', 'config.yaml', 'mountinfo', 'real.yaml']);
});

test('what a crash left is finished, and what another program wrote since is left alone', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  const journal = join(folder, '.config.yaml.latchkey.journal');
  const [before, after] = ['a: 1\nlonger: text\n', 'a: 2\nb: 3\n'];
  const cases: readonly [now: string, then: string][] = [
    [before, after],
    [after, after],
    [after + before.slice(after.length), after],
    [after.slice(0, 5) + before.slice(5), after],
    [`a: 2\n${'\0'.repeat(before.length - 5)}`, after],
    ['a: 2\n', 'a: 2\n'],
    [before.replace('1', '7'), before.replace('1', '7')],
    [`${before}# more\n`, `${before}# more\n`],
  ];
  for (const [text, then] of cases) {
    for (const step of ['read', 'edit', 'prepare'] as const) {
      await writeFile(path, text, { mode: 0o600 });
      await writeFile(journal, JSON.stringify({ version: 1, before, after }));
      const file = new ConfigFile(path, { journalFolder: join(folder, 'own'), settleMs: 20 });
      if (step === 'read') await file.read();
      else if (step === 'edit') await file.edit(() => []);
      else await (await file.prepare(() => [])).release();
      assert.equal(await readFile(path, 'utf8'), then, JSON.stringify([step, text]));
      assert.deepEqual((await readdir(folder)).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
    }
  }
  for (const content of ['', 'no JSON', '{"version":2}']) {
    await writeFile(journal, content);
    await new ConfigFile(path, { journalFolder: join(folder, 'own'), settleMs: 20 }).read();
    assert.deepEqual((await readdir(folder)).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
  }
});

test('a reader waits while another of ours writes in place', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  const open = () => new ConfigFile(path, { journalFolder: join(folder, 'own'), settleMs: 20 });
  await open().edit(saving(credential));
  const whole = await readFile(path, 'utf8');
  // As at the moment when the writer has announced what it will write, and written nothing yet.
  await writeFile(
    join(folder, '.config.yaml.latchkey.journal'),
    JSON.stringify({ version: 1, before: whole, after: whole.replace('Access_one', 'Access_two') }),
  );
  const contents = await Promise.all([open().read(), open().read(), open().read()]);
  for (const { entries } of contents) {
    assert.equal(entries[0]?.credential.accessToken, 'sk-ant-oat01-Access_two-AA');
  }
});

test('a full disk shows when an edit is prepared, and does not matter to one that is', async (t) => {
  const top = await temporaryFolder(t);
  const folder = join(top, 'config');
  await mkdir(folder);
  const configFile = join(folder, 'config.yaml');
  const order = { configFile, journalFolder: join(top, 'own'), uid: null, dieAt: null };
  const disk = [`mount -t tmpfs -o size=256k none ${folder}`];
  const full = { code: 'config-not-writable', path: configFile, reason: 'ENOSPC' };
  const token = 'x'.repeat(12_000);
  const outcomes = await drive(
    {
      ...order,
      actions: [
        { do: 'edit', token: 'first' },
        { do: 'prepare', token: 'trial' },
        { do: 'fill', folder },
        { do: 'commit', token },
        { do: 'read' },
        { do: 'prepare', token: 'third' },
        { do: 'edit', token: `${token}${'y'.repeat(9_000)}` },
        { do: 'read' },
      ],
    },
    disk,
  );
  assert.deepEqual(outcomes, [changed, 'prepared', 'ENOSPC', changed, [token], full, full, [token]]);
});

test('a full disk changes nothing of a file that is written in place', async (t) => {
  const top = await temporaryFolder(t);
  const [disk, folder, journalFolder] = [join(top, 'disk'), join(top, 'config'), join(top, 'own')];
  await mkdir(disk);
  await mkdir(folder);
  const configFile = join(folder, 'config.yaml');
  await writeFile(configFile, '');
  const setUp = [
    `mount -t tmpfs -o size=64k none ${disk}`,
    `echo 'a: 1' > ${disk}/real.yaml`,
    `mount --bind ${disk}/real.yaml ${configFile}`,
  ];
  const actions: Action[] = [
    { do: 'edit', token: 'first' },
    { do: 'fill', folder: disk },
    { do: 'edit', token: 'x'.repeat(20_000) },
    { do: 'read' },
    { do: 'edit', token: 'still fits' },
    { do: 'read' },
  ];
  const outcomes = await drive({ configFile, journalFolder, uid: null, dieAt: null, actions }, setUp);
  assert.deepEqual(outcomes, [
    { changed: true, madePrivateFrom: '0644' },
    'ENOSPC',
    { code: 'config-not-writable', path: configFile, reason: 'ENOSPC' },
    ['first'],
    changed,
    ['still fits'],
  ]);
  assert.deepEqual((await readdir(folder)).sort(), ['.config.yaml.latchkey.lock', 'config.yaml']);
});

test('what another program writes before the last look stays, and nothing of ours is left to be finished', async (t) => {
  const folder = await temporaryFolder(t);
  const [path, journal] = [join(folder, 'file'), join(folder, 'journal')];
  await writeFile(path, 'before');
  const room = await takeRoomInPlace(path, journal, 100);
  const look = async () => {
    assert.deepEqual(JSON.parse(await readFile(journal, 'utf8')), {
      version: 1,
      before: 'before',
      after: 'after',
    });
    assert.equal((await stat(journal)).mode & 0o777, 0o600);
    await writeFile(path, 'theirs');
    throw new Error('changed');
  };
  await assert.rejects(room.replace('after', look), { message: 'changed' });
  assert.equal(await readFile(path, 'utf8'), 'theirs');
  assert.deepEqual(await readdir(folder), ['file']);
  await room.replace('after');
  await room.release();
  assert.equal(await readFile(path, 'utf8'), 'after');
  assert.deepEqual(await readdir(folder), ['file']);
});
