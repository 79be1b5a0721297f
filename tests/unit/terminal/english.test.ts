import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import { ENGLISH } from '../../../src-main/terminal/english.ts';
import { wordsFor } from '../../../src-main/words/words.ts';

const { format: own } = ENGLISH;
const { format } = wordsFor('en');
const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });

test('what is written without Intl is what Intl writes', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -3 * DAY, max: 400 * DAY }), (now, away) => {
      const instant = now + away;
      assert.equal(own.instant(instant, now), format.instant(instant, now));
      assert.equal(own.day(instant, now), format.day(instant, now));
      assert.equal(own.time(instant), format.time(instant));
      assert.equal(own.duration(away), format.duration(away));
    }),
    { numRuns: 2_000 },
  );
  for (const count of [0, 1, 12, 999, 1_000, 12_345, 1.5])
    assert.equal(own.number(count), format.number(count));
  for (const length of [0, 1, 59_999, 60_000, HOUR, 25 * HOUR, 2 * DAY]) {
    assert.equal(own.duration(length), format.duration(length));
  }
});
