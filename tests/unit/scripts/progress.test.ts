import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress, formatDuration } from '../../../scripts/set-up/progress.mjs';

function recorder(isTTY: boolean) {
  const texts: string[] = [];
  return { texts, isTTY, write: (text: string) => texts.push(text) };
}

test('a duration is told in tenths of a second, from a minute on in minutes and seconds', () => {
  assert.equal(formatDuration(0), '0.0 s');
  assert.equal(formatDuration(1234), '1.2 s');
  assert.equal(formatDuration(59_949), '59.9 s');
  assert.equal(formatDuration(59_950), '1 min 00 s');
  assert.equal(formatDuration(125_000), '2 min 05 s');
});

test('away from a terminal a step is one line, with its notes, when it has ended', async () => {
  const stream = recorder(false);
  const answer = await createProgress(stream).step('packages', (note) => {
    note('without a keychain');
    return Promise.resolve(42);
  });
  assert.equal(answer, 42);
  assert.equal(stream.texts.length, 1);
  assert.match(stream.texts[0] ?? '', /^ {2}✓ packages +\d+\.\d s {2}without a keychain\n$/);
});

test('a step that fails says so and fails', async () => {
  const stream = recorder(false);
  const step = createProgress(stream).step('build', () => Promise.reject(new Error('broken')));
  await assert.rejects(step, /broken/);
  assert.match(stream.texts.join(''), /^ {2}✗ build +\d+\.\d s\n$/);
});

test('in a terminal a running step moves, and its line is replaced by the last one', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const stream = recorder(true);
  await createProgress(stream).step('build', () => {
    t.mock.timers.tick(250);
    return Promise.resolve();
  });
  const pictures = stream.texts.filter((text) => text.startsWith('\r\u001B[K  '));
  assert.equal(pictures.length, 2);
  assert.notEqual(pictures[0]?.charAt(6), pictures[1]?.charAt(6));
  assert.equal(stream.texts.at(-2), '\r\u001B[K');
  assert.match(stream.texts.at(-1) ?? '', /✓ build/);
  const written = stream.texts.length;
  t.mock.timers.tick(1000);
  assert.equal(stream.texts.length, written, 'it stops moving');
});
