import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments as readAny } from '../../../src-main/terminal/arguments.ts';

const readArguments = (words: readonly string[]) => readAny(words, ['status', 'token']);

test('a command may name an account, also the one without an id', () => {
  assert.deepEqual(readArguments(['token']), {
    command: 'token',
    given: { account: null, json: false },
  });
  assert.deepEqual(readArguments(['token', '--account', 'work', '--json']), {
    command: 'token',
    given: { account: 'work', json: true },
  });
  for (const words of [
    ['status', '--account', ''],
    ['status', '--account='],
  ]) {
    assert.deepEqual(readArguments(words), { command: 'status', given: { account: '', json: false } });
  }
  assert.deepEqual(readArguments(['token', '--account=-x']), {
    command: 'token',
    given: { account: '-x', json: false },
  });
});

test('whatever means nothing is wrong use', () => {
  const wrong = [
    [],
    ['nonsense'],
    ['token', 'more'],
    ['help', 'more'],
    ['token', '--lasing', '3'],
    ['token', '-x'],
    ['status', '--account'],
    ['status', '--json=yes'],
  ];
  for (const words of wrong) assert.equal(readArguments(words), null, words.join(' '));
});

test('who asks for help gets it', () => {
  for (const words of [['--help'], ['-h'], ['help'], ['token', '--help']]) {
    assert.equal(readArguments(words), 'help', words.join(' '));
  }
});
