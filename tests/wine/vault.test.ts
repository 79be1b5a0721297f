import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/desktop/until.ts';
import { Wine } from '../support/wine/wine.ts';

// The vault's rules on Node for Windows, over Wine: not Windows.

let wine: Wine;
before(async () => {
  wine = await Wine.start();
});
after(() => wine[Symbol.asyncDispose]());

const steps = (...args: readonly string[]) => [Wine.file('tests/support/wine/steps.ts'), ...args];
/** What a step said. */
const words = (text: string) => text.trim().split('\n');
const leftovers = (of: string) =>
  readdirSync(wine.here('C:\\')).filter((name) => name.startsWith(`.${of}.`) && name.endsWith('.tmp'));

test('two processes count under one lock, and none of their steps is lost', async () => {
  wine.write('C:\\count', '0');
  const both = await Promise.all([1, 2].map(() => wine.node(steps('count', 'C:\\count', '40'))));
  assert.deepEqual(
    both.map(({ out }) => words(out)),
    [['done'], ['done']],
  );
  assert.equal(wine.read('C:\\count'), '80');
});

test('killed while it writes, it leaves a whole file', async () => {
  const seen = new Set<string>();
  for (const delay of [0, 7, 20, 45, 90]) {
    const { child, ended, said } = wine.begin(steps('forever', 'C:\\whole'));
    await until('the first text', () => said().includes('begun') || undefined, 20_000);
    await sleep(delay);
    child.kill('SIGKILL');
    await ended;
    const text = wine.read('C:\\whole');
    assert.equal(text.length, 20_000);
    assert.match(text, /^(.)\1*$/);
    seen.add(text);
  }
  assert.ok(seen.size > 1, 'the kills came at different moments');
  const { out } = await wine.node(steps('write', 'C:\\whole', 'the next one'));
  assert.deepEqual([words(out), wine.read('C:\\whole')], [['begun', 'done'], 'the next one']);
});

/** Has a file of C: open, as a reader has. */
async function held(name: string) {
  wine.write(`C:\\${name}`, 'old');
  const holder = wine.begin(steps('hold', `C:\\${name}`, `C:\\${name}.release`));
  await until('the holder', () => holder.said().includes('held') || undefined, 20_000);
  return {
    async release() {
      wine.write(`C:\\${name}.release`, '');
      await holder.ended;
    },
  };
}

test('a file that another program has open is replaced as soon as that has done with it', async () => {
  const holder = await held('held');
  const writer = wine.begin(steps('write', 'C:\\held', 'new'));
  await until('the writer', () => writer.said().includes('begun') || undefined, 20_000);
  await sleep(300);
  assert.deepEqual([words(writer.said()), wine.read('C:\\held')], [['begun'], 'old']);
  await holder.release();
  const { out } = await writer.ended;
  assert.deepEqual([words(out), wine.read('C:\\held')], [['begun', 'done'], 'new']);
});

test('one that is not let go is told, left as it was, and nothing lies beside it', async () => {
  const holder = await held('kept');
  const { out } = await wine.node(steps('write', 'C:\\kept', 'new'));
  assert.match(words(out)[1] ?? '', /^(EPERM|EACCES|EBUSY)$/);
  assert.equal(wine.read('C:\\kept'), 'old');
  assert.deepEqual(leftovers('kept'), []);
  await holder.release();
});

test('a read-only file is replaced, and is read-only again', async () => {
  wine.write('C:\\only', 'old');
  chmodSync(wine.here('C:\\only'), 0o444);
  const { out } = await wine.node(steps('write', 'C:\\only', 'new'));
  assert.deepEqual([words(out), wine.read('C:\\only')], [['begun', 'done'], 'new']);
  assert.equal(statSync(wine.here('C:\\only')).mode & 0o222, 0);
  assert.deepEqual(leftovers('only'), []);
});

/** Tests of the vault that say nothing of modes, links or signals: they are to pass there as they are. */
const THERE = [
  'vault',
  'older-version',
  'settings-file',
  'start-without-file',
  'storage-crash',
  'newer-history',
];

test('the vault’s own tests pass there', async () => {
  for (const name of THERE) {
    const file = Wine.file(`tests/integration/vault/${name}.test.ts`);
    const { code, out } = await wine.node(['--test-reporter=tap', file]);
    assert.match(out, /^# pass [1-9]/m, name);
    assert.equal(code, 0, out);
  }
});
