import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpeningLimit } from '../../../src-main/desktop/browser-opening-limit.ts';

test('five in ten seconds are a person, six are not', () => {
  let now = 0;
  const limit = new OpeningLimit(() => now);
  const tries = (count: number) => Array.from({ length: count }, () => limit.allows());
  assert.deepEqual(tries(6), [true, true, true, true, true, false]);
  now = 9_999;
  assert.deepEqual(tries(1), [false]);
  now = 10_000;
  assert.deepEqual(tries(1), [true]);
});
