import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { accountToneOf, toneOf } from '../../../src-renderer/trouble/tone.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const ada = anAccount();
const over = anAccount({ accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR });

test('what is only to be known is told calmly, or as a warning where it wants a look', () => {
  const tones = (failure: Failure) => [toneOf(failure), accountToneOf(failure, ada, NOW)];
  assert.deepEqual(tones({ code: 'login-shared', others: ['work'] }), ['calm', 'calm']);
  assert.deepEqual(tones({ code: 'older-block', path: '/c.yaml' }), ['calm', 'calm']);
  assert.deepEqual(tones({ code: 'config-made-private', path: '/c.yaml', mode: '0644' }), ['calm', 'calm']);
  assert.deepEqual(tones({ code: 'id-shared', id: 'default' }), ['warning', 'warning']);
  assert.deepEqual(tones({ code: 'expiry-not-understood', path: '/c.yaml', value: 'soon' }), [
    'warning',
    'warning',
  ]);
  assert.deepEqual(tones({ code: 'nowhere-to-store', path: '/c.yaml', reason: 'ENOSPC' }), [
    'trouble',
    'trouble',
  ]);
});

test('a try that failed is told in amber, however long the token lives', () => {
  const failure: Failure = { code: 'service-down', status: 503 };
  assert.equal(toneOf(failure), 'warning');
  assert.equal(accountToneOf(failure, ada, NOW), 'warning');
  assert.equal(accountToneOf(failure, over, NOW), 'warning');
});

test('the end of a login is a trouble of a sign-in, and part of the life of an account', () => {
  assert.equal(toneOf({ code: 'grant-refused' }), 'trouble');
  assert.equal(accountToneOf({ code: 'grant-refused' }, ada, NOW), 'warning');
});

test('a lost entry waits for a person, whether or not Latchkey holds a copy', () => {
  const lost = (copy: boolean): Failure => ({ code: 'entry-removed', path: '/c.yaml', copy });
  assert.equal(accountToneOf(lost(true), ada, NOW), 'warning');
  assert.equal(accountToneOf(lost(false), ada, NOW), 'warning');
});
