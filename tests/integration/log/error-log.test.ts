import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LogLine } from '../../../src-main/domain/log-line.ts';
import { ErrorLog } from '../../../src-main/log/error-log.ts';
import { NOW } from '../../support/snapshots.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

const OWN = new URL('.', import.meta.url).href;
const LIMIT = 512 * 1024;

const open = (folder: string) => new ErrorLog({ folder, ownFiles: OWN, now: () => NOW });
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('an error is one line of JSON, in a folder and a file of the owner alone', async (t) => {
  const folder = join(await temporaryFolder(t), 'data', 'logs');
  const log = open(folder);
  assert.deepEqual(await log.last(20), []);
  log.report('login', new RangeError('sk-ant-oat01-secret'));
  log.reportTrace('window', { class: 'TypeError', code: null, frames: ['Face main.js:1:2'] });
  await log.flush();
  const text = await readFile(join(folder, 'errors.jsonl'), 'utf8');
  assert.doesNotMatch(text, /sk-ant/);
  const [first, second, ...others] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [first?.place, first?.class, first?.at],
    ['login', 'RangeError', new Date(NOW).toISOString()],
  );
  assert.match(first?.frames[0] ?? '', /error-log\.test\.ts:\d+:\d+$/);
  assert.deepEqual(second?.frames, ['Face main.js:1:2']);
  assert.equal(await modeOf(folder), '700');
  assert.equal(await modeOf(join(folder, 'errors.jsonl')), '600');
  assert.deepEqual(await log.last(1), [second]);
});

test('a folder that others could read is the owner’s alone afterwards', async (t) => {
  const folder = await temporaryFolder(t);
  await chmod(folder, 0o755);
  const log = open(folder);
  log.report('main', new Error('x'));
  await log.flush();
  assert.equal(await modeOf(folder), '700');
});

test('two files of at most 512 KiB hold the latest, and the last lines are read across both', async (t) => {
  const folder = await temporaryFolder(t);
  const log = open(folder);
  const host = 'h'.repeat(255);
  const most = 6_000;
  for (let each = 0; each < most; each++) {
    log.report('request', new Error('x'), { host, milliseconds: each });
    if (each % 50 === 0) await log.flush();
  }
  await log.flush();
  assert.deepEqual((await readdir(folder)).toSorted(), ['errors.jsonl', 'errors.jsonl.1']);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    assert.ok((await stat(path)).size <= LIMIT, `${name} is too large`);
    assert.equal(await modeOf(path), '600');
  }
  const newest = (await readFile(join(folder, 'errors.jsonl'), 'utf8')).split('\n').length;
  const count = newest + 100;
  const last = (await log.last(count)) as readonly LogLine[];
  assert.deepEqual(
    last.map(({ milliseconds }) => milliseconds),
    Array.from({ length: count }, (_, index) => most - count + index),
  );
});

test('two processes write to one file, whoever makes it the older one', async (t) => {
  const folder = await temporaryFolder(t);
  const [one, other] = [open(folder), open(folder)];
  for (let each = 0; each < 2_500; each++) {
    const log = each % 2 === 0 ? one : other;
    log.report('request', new Error('x'), { host: 'h'.repeat(255), milliseconds: each });
    await log.flush();
  }
  const last = (await one.last(1_000)) as readonly LogLine[];
  assert.deepEqual(
    last.map(({ milliseconds }) => milliseconds),
    Array.from({ length: 1_000 }, (_, index) => 1_500 + index),
  );
  for (const name of await readdir(folder)) assert.ok((await stat(join(folder, name))).size <= LIMIT);
});

test('of errors without end some are noted, and the memory is not filled', async (t) => {
  const log = open(await temporaryFolder(t));
  for (let each = 0; each < 10_000; each++) log.report('main', new Error('x'));
  await log.flush();
  const noted = (await log.last(10_000)).length;
  assert.ok(noted >= 100 && noted <= 200, `${noted} noted`);
});

test('where nothing can be written nothing fails, and a line cut short is passed over', async (t) => {
  const folder = await temporaryFolder(t);
  const inTheWay = join(folder, 'file');
  await writeFile(inTheWay, '');
  const nowhere = open(join(inTheWay, 'logs'));
  nowhere.report('main', new Error('x'));
  await nowhere.flush();
  assert.deepEqual(await nowhere.last(20), []);

  await mkdir(join(folder, 'logs'));
  await writeFile(join(folder, 'logs', 'errors.jsonl'), '{"place":"main"}\n{"place":"lo');
  assert.deepEqual(await open(join(folder, 'logs')).last(20), [{ place: 'main' }]);
});
