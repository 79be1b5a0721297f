import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { newSignIn, SIGN_IN_STEPS, withStep, type SignInStepId } from '../../../src-main/domain/sign-in.ts';
import { WAY, wayOf } from '../../../src-renderer/sign-in/way.ts';

/** The steps of an attempt that has come as far as this one. */
const stepsAt = (active: SignInStepId) => {
  const index = SIGN_IN_STEPS.indexOf(active);
  return newSignIn(1, 'default').steps.map((step, i) => ({
    ...step,
    status: i < index ? ('done' as const) : i === index ? ('active' as const) : ('pending' as const),
  }));
};

/** A letter for each part, from the browser to the file: to come, active, done. */
const drawn = (active: SignInStepId) => {
  const way = wayOf(stepsAt(active));
  return WAY.map((part) => way[part].charAt(0)).join('');
};

test('the part that is at work moves from the browser to the file', () => {
  assert.deepEqual(
    SIGN_IN_STEPS.map((step) => [step, drawn(step)]),
    [
      ['pkce', 'ttatt'],
      ['callback-server', 'ttatt'],
      ['browser', 'atttt'],
      ['approval', 'aattt'],
      ['exchange', 'ddatt'],
      ['save', 'dddaa'],
      ['test', 'ddadd'],
      ['done', 'ddadd'],
    ],
  );
});

test('what was saved elsewhere for now has not come to the file', () => {
  const after = (notice: Failure) => {
    const { 'to-file': way, file } = wayOf(
      withStep(newSignIn(1, 'default'), 'save', 'warning', notice).steps,
    );
    return [way, file];
  };
  assert.deepEqual(after({ code: 'config-not-yaml', path: '/c.yaml', line: 1, column: 1 }), [
    'to-come',
    'to-come',
  ]);
  // Only something to know of what was done.
  assert.deepEqual(after({ code: 'config-made-private', path: '/c.yaml', mode: '0644' }), ['done', 'done']);
});
