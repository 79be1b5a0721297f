import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameSecret } from '../../../src-main/oauth/same-secret.ts';

test('only the very same text is the same, of whatever length', () => {
  const secret = 'aB3-'.repeat(11);
  assert.ok(isSameSecret(secret, secret));
  assert.ok(isSameSecret('', ''));
  for (const other of ['', secret.slice(1), `${secret} `, secret.toLowerCase(), `${secret}\u0000`]) {
    assert.ok(!isSameSecret(secret, other), other);
  }
});
