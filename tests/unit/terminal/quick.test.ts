import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commands } from '../../../src-main/terminal/commands.ts';
import { readQuickly } from '../../../src-main/terminal/quick.ts';
import { readArguments } from '../../../src-main/terminal/read-arguments.ts';

const WORDS = [
  ...['status', 'token', 'exec', 'env', '--', '--json', '--account', '--account=', '--account=work', 'work'],
  ...['--lasting', '30m', '1h30m', '30', '--watch', '-h', '--help', '-x', '', 'claude', '--lasting=30m'],
];

test('what is read quickly is read as the whole parser reads it', () => {
  const sequence = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 });
  const first = fc.constantFrom('status', 'token', 'exec');
  let quick = 0;
  fc.assert(
    fc.property(first, sequence, (name, rest) => {
      const typed = readQuickly([name, ...rest]);
      if (typed === null) return;
      quick += 1;
      const whole = readArguments([name, ...rest], commands, '1');
      assert.deepEqual(whole, { kind: 'command', ...typed });
    }),
    { numRuns: 4_000 },
  );
  assert.ok(quick > 200, 'and not nothing is');
});

test('what is typed all day is read quickly', () => {
  for (const words of [
    ['status'],
    ['status', '--json'],
    ['token'],
    ['token', '--lasting', '30m', '--account', 'work'],
    ['exec', '--', 'claude', '--json'],
  ]) {
    assert.notEqual(readQuickly(words), null, words.join(' '));
  }
});
