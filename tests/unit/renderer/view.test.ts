import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSignIn, withEnd, withStep, type SignIn } from '../../../src-main/domain/sign-in.ts';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../../src-main/domain/snapshot.ts';
import { offersSettings, viewOf } from '../../../src-renderer/shell/view.ts';
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

test('on a first visit the window says what it is, until something is begun', () => {
  const firstly = (accounts: readonly Account[], signIn: SignIn | null) =>
    viewOf(aSnapshot(accounts, signIn, { isFirstVisit: true }), false);
  const view = firstly([], null);
  assert.equal(view.name, 'first-visit');
  assert.equal(offersSettings(view), true);
  assert.equal(firstly([anAccount()], null).name, 'account');
  assert.equal(firstly([], running).name, 'signing-in');
  assert.equal(firstly([], withEnd(running, { code: 'sign-in-cancelled' })).name, 'signed-out');
});

const NOT_YAML: Failure = { code: 'config-not-yaml', path: '/c.yaml', line: 1, column: 2 };
const UNREADABLE: Partial<Snapshot> = { isFileReadable: false, troubles: [NOT_YAML] };

test('while the file cannot be read and no account is known nobody is welcomed', () => {
  for (const signIn of [null, withEnd(running, { code: 'sign-in-cancelled' })]) {
    const view = viewOf(aSnapshot([], signIn, UNREADABLE), false);
    assert.equal(view.name, 'unknown');
    assert.equal(offersSettings(view), true);
  }
  assert.equal(viewOf(aSnapshot([], null, UNREADABLE), true).name, 'settings');
  assert.equal(viewOf(aSnapshot([], running, UNREADABLE), false).name, 'signing-in');
  assert.equal(viewOf(aSnapshot([anAccount()], null, UNREADABLE), false).name, 'account');
});

test('a sign-in that succeeded gives way once the login is lost, or its file breaks', () => {
  const succeeded: SignIn = {
    ...running,
    phase: 'succeeded',
    place: { id: 'default', surprise: null },
  };
  const name = (account: Partial<Account>, changes: Partial<Snapshot> = {}, signIn = succeeded) =>
    viewOf(aSnapshot([anAccount(account)], signIn, changes), false).name;
  assert.equal(name({}), 'succeeded');
  assert.equal(name({ troubles: [{ code: 'entry-removed', path: '/c.yaml', copy: true }] }), 'account');
  assert.equal(name({ troubles: [{ code: 'entry-replaced', path: '/c.yaml', copy: false }] }), 'account');
  assert.equal(name({ troubles: [{ code: 'grant-refused' }] }), 'account');
  assert.equal(name({}, UNREADABLE), 'account');
  assert.equal(
    name({}, { troubles: [{ code: 'config-not-writable', path: '/c.yaml', reason: 'EROFS' }] }),
    'account',
  );
  assert.equal(viewOf(aSnapshot([], succeeded), false).name, 'signed-out');
  // An outage passes, and what is only to be known can wait.
  assert.equal(name({ troubles: [{ code: 'service-down', status: 503 }] }), 'succeeded');
  assert.equal(name({ troubles: [{ code: 'login-shared', others: ['work'] }] }), 'succeeded');
  assert.equal(
    name({}, { troubles: [{ code: 'config-readable-by-others', path: '/c.yaml', mode: '0644' }] }),
    'succeeded',
  );
  // Of the file that was broken when it saved the page itself tells.
  assert.equal(name({}, UNREADABLE, withStep(succeeded, 'save', 'warning', NOT_YAML)), 'succeeded');
});

test('the way to the settings is on the account and the welcome, and not on the settings', () => {
  const offered = (wantsSettings: boolean) => offersSettings(viewOf(aSnapshot(), wantsSettings));
  assert.equal(offered(false), true);
  assert.equal(offered(true), false);
});
