import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as v from 'valibot';
import { DataFile } from '../../../src-main/vault/records/data-file.ts';
import { failure, temporaryFolder } from '../../support/vault/sample.ts';

const schema = v.looseObject({ version: v.literal(1), text: v.string() });
const open = (path: string) => new DataFile(path, schema, { version: 1, text: '' });

test('room for an update is there before it, beyond what the file holds', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'data.json');
  const file = open(path);
  await file.update((content) => ({ ...content, text: 'x'.repeat(1_000) }));
  const { size } = await stat(path);
  const prepared = await file.prepare(5_000);
  const taken = (await readdir(folder)).find((name) => name.endsWith('.tmp')) ?? '';
  assert.equal((await stat(join(folder, taken))).size, size + 5_000);
  // What comes in between is built upon.
  await open(path).update((content) => ({ ...content, text: 'between' }));
  await prepared.update((content) => ({ ...content, text: `${content.text}, after` }));
  await prepared.release();
  assert.deepEqual(await file.read(), { version: 1, text: 'between, after' });
  assert.deepEqual((await readdir(folder)).sort(), ['.lock', 'data.json']);
});

test('room that was not needed is given back', async (t) => {
  const folder = await temporaryFolder(t);
  const file = open(join(folder, 'data.json'));
  await (await file.prepare(100)).release();
  assert.deepEqual(await readdir(folder), ['.lock']);
  await (await file.prepare(100)).update((content) => content);
  assert.deepEqual(await readdir(folder), ['.lock']);
});

test('what stands in the way of room is told by its code', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), 'text');
  const path = join(folder, 'file', 'data.json');
  const expected = failure({ code: 'data-not-writable', path, reason: 'ENOTDIR' });
  await assert.rejects(open(path).prepare(100), expected);
  assert.equal(await readFile(join(folder, 'file'), 'utf8'), 'text');
});
