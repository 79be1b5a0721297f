import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepsFromReading, keepsFromWriting } from '../../../src-main/domain/config-failure.ts';
import type { Failure } from '../../../src-main/domain/failure.ts';

test('a file that cannot be read cannot be written either; what is told beside a save keeps from nothing', () => {
  const told = (failure: Failure) => [keepsFromReading(failure), keepsFromWriting(failure)];
  assert.deepEqual(told({ code: 'config-not-yaml', path: '/c', line: 1, column: 1 }), [true, true]);
  assert.deepEqual(told({ code: 'config-not-writable', path: '/c', reason: 'EROFS' }), [false, true]);
  assert.deepEqual(told({ code: 'config-made-private', path: '/c', mode: '0644' }), [false, false]);
  assert.deepEqual(told({ code: 'data-not-writable', path: '/d', reason: 'EIO' }), [false, false]);
});
