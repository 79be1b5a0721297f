import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnderWay, newSignIn, SIGN_IN_STEPS, withEnd, withStep } from '../../../src-main/domain/sign-in.ts';

test("the steps are the seed's eight, in its order", () => {
  assert.deepEqual(SIGN_IN_STEPS, [
    'pkce',
    'callback-server',
    'browser',
    'approval',
    'exchange',
    'save',
    'test',
    'done',
  ]);
});

test('a failure marks the step under way, and those after it never ran', () => {
  const failure = { code: 'grant-refused' } as const;
  let signIn = newSignIn(1, 'default');
  for (const id of SIGN_IN_STEPS.slice(0, 4)) signIn = withStep(signIn, id, 'done');
  signIn = withEnd(withStep(signIn, 'exchange', 'active'), failure);
  assert.equal(signIn.phase, 'failed');
  assert.equal(signIn.failure, failure);
  assert.deepEqual(
    signIn.steps.map(({ status }) => status),
    ['done', 'done', 'done', 'done', 'failed', 'skipped', 'skipped', 'skipped'],
  );
  assert.ok(!isUnderWay(signIn));
});

test('a cancelled attempt failed nowhere', () => {
  const signIn = withEnd(withStep(newSignIn(1, 'default'), 'pkce', 'active'), { code: 'sign-in-cancelled' });
  assert.equal(signIn.phase, 'cancelled');
  assert.equal(signIn.failure, null);
  assert.ok(signIn.steps.every(({ status }) => status === 'skipped'));
});
