import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { readStartArguments, START_USAGE } from '../../../scripts/run/start-arguments.mjs';
import { root } from '../../../scripts/set-up/paths.mjs';

test('there is the app, and there is practice', () => {
  assert.deepEqual(readStartArguments([]), { practice: false, runtimeOptions: [] });
  assert.deepEqual(readStartArguments(['--practice']), { practice: true, runtimeOptions: [] });
});

test('what a test or a debugger needs goes to Electron', () => {
  const runtimeOptions = ['--no-sandbox', '--inspect=0', '--remote-debugging-port=0'];
  assert.deepEqual(readStartArguments(['--practice', ...runtimeOptions]), { practice: true, runtimeOptions });
});

const WRONG = [
  ['--practise'],
  ['practice'],
  ['--practice', 'more'],
  ['--practice=yes'],
  ['login'],
  ['--account', 'work'],
];

test('whatever else is typed means nothing', () => {
  for (const words of WRONG) assert.equal(readStartArguments(words), null, words.join(' '));
});

/** `npm start`, as npm runs it. */
function start(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'start.mjs'), ...words],
    {
      encoding: 'utf8',
      timeout: 10_000,
    },
  );
  return { status, stdout, stderr };
}

test('wrong use starts nothing and says what would', () => {
  const { status, stdout, stderr } = start('--practise');
  assert.deepEqual([status, stdout], [2, '']);
  // Nothing but this, so no set-up either.
  assert.equal(stderr, START_USAGE);
});

test('who asks for help gets it', () => {
  for (const words of [['--help'], ['-h'], ['--practice', '--help']]) {
    const { status, stdout, stderr } = start(...words);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Usage: npm start/);
  }
});
