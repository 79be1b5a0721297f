import assert from 'node:assert/strict';
import { readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigFile, type ConfigFileContent } from '../../../src-main/vault/config/config-file.ts';
import { exitCode, firstOutput, startChild } from '../../support/vault/child.ts';
import { saving } from '../../support/vault/edits.ts';
import { credential, failure, temporaryFolder } from '../../support/vault/sample.ts';

const whole = 'providers: {anthropic: {oauth_credentials: [{id: default, access_token: t}]}}\n';
const idsIn = ({ entries }: ConfigFileContent) => entries.map((each) => each.credential.id);
const hasEntry = ({ entries }: ConfigFileContent) => entries.length === 1;

async function newConfigFile(t: TestContext, text: string, settleMs: number): Promise<ConfigFile> {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, text, { mode: 0o600 });
  return new ConfigFile(path, { journalFolder: dirname(path), settleMs });
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [result: T, took: number]> {
  const begun = performance.now();
  return [await work(), performance.now() - begun];
}

test('a text that makes no sense yet, or is not expected, is waited for', async (t) => {
  const cuts: readonly (string | Uint8Array)[] = [
    '',
    ' \n',
    'providers: {anthropic: {',
    'provid',
    'providers:\n',
    Uint8Array.of(0x61, 0x3a, 0xc3),
  ];
  for (const cut of cuts) {
    const file = await newConfigFile(t, '', 5_000);
    await writeFile(file.path, cut);
    const reading = file.read(hasEntry);
    await delay(20);
    await writeFile(file.path, whole);
    const content = await reading;
    assert.deepEqual([idsIn(content), content.isSettled], [['default'], true], String(cut));
  }
});

test('what is expected is not waited for, however young', async (t) => {
  const file = await newConfigFile(t, whole, 60_000);
  assert.ok((await file.read(hasEntry)).isSettled);
  assert.ok((await file.read()).isSettled);
});

test('an empty or broken file is believed once it was left alone for long enough', async (t) => {
  for (const text of ['', 'a: [\n', 'a: 1\n']) {
    const file = await newConfigFile(t, text, 200);
    const read = () => file.read(hasEntry).catch((error: unknown) => error);
    const [young, took] = await timed(read);
    assert.ok(took >= 150, `${took}`);
    if (text === 'a: [\n') assert.ok(failure({ code: 'config-not-yaml' })(young));
    else assert.ok((young as ConfigFileContent).isSettled);
    // It is known now, and an old one is old from the start: in either case nothing is waited for.
    const other = new ConfigFile(file.path, { journalFolder: dirname(file.path), settleMs: 60_000 });
    for (const seconds of [-3_600, 3_600]) {
      const time = Date.now() / 1000 + seconds;
      await utimes(file.path, time, time);
      for (const each of [file, other]) {
        const [, again] = await timed(() => each.read(hasEntry).catch((error: unknown) => error));
        assert.ok(again < 10_000);
      }
    }
  }
});

test('our own write is not waited for', async (t) => {
  const file = await newConfigFile(t, whole, 60_000);
  const old = Date.now() / 1000 - 3_600;
  await utimes(file.path, old, old);
  for (const accessToken of ['one', 'two', 'three']) await file.edit(saving({ ...credential, accessToken }));
  assert.equal((await file.read(() => false)).entries[0]?.credential.accessToken, 'three');
});

test('a file that never comes to rest is told as such, and not written', async (t) => {
  const file = await newConfigFile(t, '', 700);
  let isOver = false as boolean;
  const other = (async () => {
    for (let count = 0; !isOver; count++) {
      await writeFile(file.path, ['', 'a: [\n', 'a: {'][count % 3] ?? '');
      await delay(1);
    }
  })();
  const content = await file.read();
  const refused = [
    file.edit(saving(credential)).catch((error: unknown) => error),
    file.prepare(saving(credential)).catch((error: unknown) => error),
  ];
  const errors = await Promise.all(refused);
  isOver = true;
  await other;
  assert.deepEqual(content, {
    entries: [],
    ids: [],
    olderBlock: null,
    unreadable: [],
    keys: { own: '', listed: [] },
    readableByOthers: null,
    isSettled: false,
  });
  for (const error of errors) assert.ok(failure({ code: 'config-locked' })(error));
  assert.doesNotMatch(await readFile(file.path, 'utf8'), /token/);
});

test('nothing is written into a file that is just being written', async (t) => {
  for (const step of ['edit', 'prepare'] as const) {
    const file = await newConfigFile(t, whole, 5_000);
    const added = { ...credential, id: 'added' };
    await file.read();
    await truncate(file.path, 0);
    const pending = step === 'edit' ? file.edit(saving(added)) : file.prepare(saving(added));
    await delay(30);
    await writeFile(file.path, whole);
    const result = await pending;
    if ('commit' in result) await result.commit(saving(added));
    assert.deepEqual(idsIn(await file.read()), ['default', 'added']);
  }
});

test('a file that is removed and made anew is waited for', async (t) => {
  const file = await newConfigFile(t, whole, 5_000);
  // Its folder has to have had time to hold a file, and nothing can set that back.
  await delay(1_100);
  await rm(file.path);
  const reading = file.read();
  const editing = file.edit(saving({ ...credential, id: 'added' }));
  await delay(30);
  await writeFile(file.path, whole, { mode: 0o600 });
  assert.deepEqual(idsIn(await reading), ['default']);
  await editing;
  assert.deepEqual(idsIn(await file.read()), ['default', 'added']);
});

test('a file that was never there is not waited for', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  const file = new ConfigFile(path, { journalFolder: dirname(path), settleMs: 60_000 });
  assert.deepEqual(idsIn(await file.read()), []);
  const prepared = await file.prepare(saving(credential));
  await prepared.commit(saving(credential));
  assert.deepEqual(idsIn(await file.read()), ['default']);
});

test('a program that rewrites the file in place a thousand times loses nothing, and costs nothing', async (t) => {
  const times = 1_000;
  const ids = ['one', 'two', 'ours'];
  const entries = ids.map((id) => `      - id: ${id}\n        access_token: token-0\n`).join('');
  const file = await newConfigFile(
    t,
    `count: 0\nproviders:\n  anthropic:\n    oauth_credentials:\n${entries}# the end\n`,
    1_000,
  );
  const reader = new ConfigFile(file.path, { journalFolder: dirname(file.path) });
  const child = startChild(t, 'rewrite-in-place.ts', file.path, String(times));
  await firstOutput(child);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const tally = { reads: 0, unsettled: 0, edits: 0, refused: 0 };
  let last = 'token-0';
  const tokenIn = (content: ConfigFileContent) => content.entries[2]?.credential.accessToken;
  const reading = (async () => {
    while (!isOver()) {
      const before = Number(last.slice(6));
      const isWhole = (content: ConfigFileContent) =>
        content.entries.length === 3 && Number(tokenIn(content)?.slice(6) ?? -1) >= before;
      const content = await reader.read(isWhole);
      tally.reads += 1;
      if (!content.isSettled) tally.unsettled += 1;
      else assert.ok(isWhole(content), JSON.stringify(content.entries));
      await delay(3);
    }
  })();
  while (!isOver()) {
    const accessToken = `token-${tally.edits + 1}`;
    try {
      await file.edit(saving({ ...credential, id: 'ours', accessToken }));
      tally.edits += 1;
      last = accessToken;
    } catch (error) {
      // It may be at it for longer than anybody waits: then nothing is written.
      assert.ok(failure({ code: 'config-locked' })(error), String(error));
      tally.refused += 1;
    }
    await delay(20);
  }
  await reading;
  assert.equal(await exitCode(child), 0);
  t.diagnostic(JSON.stringify(tally));
  const text = await readFile(file.path, 'utf8');
  assert.ok(text.startsWith(`count: ${times}\n`) && text.endsWith('# the end\n'));
  assert.deepEqual(idsIn(await file.read()), ids);
  assert.equal(tokenIn(await file.read()), last);
  assert.ok(tally.edits > 10 && tally.reads > 100);
  assert.equal((await stat(file.path)).mode & 0o777, 0o600);
});
