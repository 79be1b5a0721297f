import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_NAMES } from '../../../src-main/terminal/commands.ts';
import { USAGE } from '../../../src-main/terminal/usage.ts';

test('the usage has a line for each command, in columns', () => {
  const lines = USAGE.filter((line) => line.startsWith('  '));
  assert.deepEqual(
    lines.map((line) => line.trim().split(' ')[0]),
    COMMAND_NAMES,
  );
  assert.ok(lines.includes('  login    sign in with Claude in the browser'));
  assert.ok(lines.every((line) => /^ {2}\w+ {2,}\S/.test(line) && line.length <= 80));
});
