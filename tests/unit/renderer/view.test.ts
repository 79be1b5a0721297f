import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSignIn, withEnd, type SignIn } from '../../../src-main/domain/sign-in.ts';
import { offersSettings, viewOf } from '../../../src-renderer/view.ts';
import { aSnapshot, anAccount } from '../../support/snapshots.ts';

const running = newSignIn(1, 'default');
const attempts: readonly (readonly [SignIn | null, string])[] = [
  [{ ...running, phase: 'terms' }, 'terms'],
  [running, 'signing-in'],
  [{ ...running, phase: 'succeeded' }, 'succeeded'],
  [withEnd(running, { code: 'access-denied' }), 'failed'],
];

test('a sign-in has the stage, whatever else is wanted', () => {
  for (const [signIn, name] of attempts) {
    for (const wantsSettings of [false, true]) {
      const view = viewOf(aSnapshot([anAccount()], signIn), wantsSettings);
      assert.equal(view.name, name);
      assert.equal(offersSettings(view), false);
    }
  }
});

test('else the settings, where they are wanted, and the account or the welcome', () => {
  for (const signIn of [null, withEnd(running, { code: 'sign-in-cancelled' })]) {
    assert.equal(viewOf(aSnapshot([anAccount()], signIn), true).name, 'settings');
    assert.equal(viewOf(aSnapshot([anAccount()], signIn), false).name, 'account');
    assert.equal(viewOf(aSnapshot([], signIn), false).name, 'signed-out');
  }
});

test('the way to the settings is on the account and the welcome, and not on the settings', () => {
  const offered = (wantsSettings: boolean) => offersSettings(viewOf(aSnapshot(), wantsSettings));
  assert.equal(offered(false), true);
  assert.equal(offered(true), false);
});
