import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOfCheck, countsOfRun, inWords, sum } from '../../../scripts/test/counts.mjs';

const summary = (counts: Record<string, number>) => `${JSON.stringify(counts)}\n`;

test('a run comes to what its summary says, cancelled tests counting as failed and open ones as skipped', () => {
  assert.deepEqual(countsOfRun(summary({ passed: 5, failed: 1, cancelled: 2, skipped: 3, todo: 1 }), 1), {
    passed: 5,
    failed: 3,
    skipped: 4,
  });
});

test('a run that failed without a failed test, ended early or had no tests counts as failed', () => {
  assert.equal(countsOfRun(summary({ passed: 5, failed: 0 }), 1).failed, 1);
  assert.equal(countsOfRun('', 1).failed, 1);
  assert.equal(countsOfRun('', 0).failed, 1);
  assert.equal(countsOfRun(summary({ passed: 0, failed: 0, skipped: 7 }), 0).failed, 1);
  assert.equal(countsOfRun(summary({ passed: 5, failed: 0 }), 0).failed, 0);
});

test('a check counts as one', () => {
  assert.deepEqual(countsOfCheck(0), { passed: 1, failed: 0, skipped: 0 });
  assert.deepEqual(countsOfCheck(2), { passed: 0, failed: 1, skipped: 0 });
});

test('the closing words sum up all groups, and speak of skipped tests only when there are some', () => {
  const groups = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 20, failed: 2, skipped: 0 },
  ];
  assert.equal(inWords(sum(groups)), '21 passed, 2 failed');
  assert.equal(
    inWords(sum([...groups, { passed: 0, failed: 0, skipped: 4 }])),
    '21 passed, 2 failed, 4 skipped',
  );
});
