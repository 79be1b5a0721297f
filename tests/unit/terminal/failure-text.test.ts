import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureText } from '../../../src-main/terminal/failure-text.ts';

test('who asks for a token in a network that is turned away learns what tries at once in another', () => {
  const failure = { code: 'network-challenge', host: 'platform.claude.com' } as const;
  assert.match(failureText(failure, 'refresh').explanation, / Once there: latchkey refresh$/);
  assert.doesNotMatch(failureText(failure, 'sign-in').explanation, /latchkey/);
});
