import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asRefusal } from '../../../src-main/domain/refusal.ts';

test('what nobody foresaw of a refresh is written down all the same, so that it backs off', () => {
  assert.deepEqual(asRefusal({ code: 'login-locked' }), { code: 'login-locked' });
  assert.deepEqual(asRefusal({ code: 'access-denied' }), { code: 'internal', message: 'access-denied' });
});
