import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { newSignIn, withEnd, withStep } from '../../../src-main/domain/sign-in.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { announceSignIn, announceUpkeep } from '../../../src-main/words/announcement-words.ts';
import { aSnapshot, anAccount, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');

const upkeep = (history: readonly HistoryEvent[], refreshing = false) =>
  announceUpkeep(
    ENGLISH,
    aSnapshot([anAccount({ history, refreshing, accessExpiresAt: NOW + 8 * HOUR })]),
    NOW,
  );

test('a renewal is told as it begins and as it ends', () => {
  const before: HistoryEvent = { at: NOW - HOUR, kind: 'signed-in' };
  assert.equal(upkeep([before]), '');
  assert.equal(upkeep([before], true), 'Renewing the token');
  assert.equal(upkeep([before, { at: NOW, kind: 'refreshed' }]), 'Token renewed until 17:00');
  assert.equal(
    upkeep([before, { at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }]),
    'Your sign-in has ended',
  );
});

test('what another program did is told, waking up and notifications are not', () => {
  const history: HistoryEvent[] = [
    { at: NOW, kind: 'removed' },
    { at: NOW, kind: 'notified', about: 'entry-lost' },
    { at: NOW, kind: 'woke', by: 'resume' },
  ];
  assert.equal(upkeep(history), 'Taken out of the config file by another program');
});

test('it holds no countdown: as time goes by nothing is read out again', () => {
  const snapshot = aSnapshot([anAccount({ history: [{ at: NOW, kind: 'refreshed' }] })]);
  const told = Array.from({ length: 60 }, (_, minute) =>
    announceUpkeep(ENGLISH, snapshot, NOW + minute * MINUTE),
  );
  assert.equal(new Set(told).size, 1);
});

test('of several accounts the one that something happened to last is told, by name', () => {
  const ada = anAccount({ history: [{ at: NOW - HOUR, kind: 'refreshed' }] });
  const grace = anAccount({
    id: 'work',
    owner: null,
    history: [{ at: NOW, kind: 'refused', failure: { code: 'service-down', status: 503 } }],
  });
  assert.equal(
    announceUpkeep(ENGLISH, aSnapshot([ada, grace]), NOW),
    'Signed in as work: No answer from Claude',
  );
  assert.equal(
    announceUpkeep(ENGLISH, aSnapshot([{ ...ada, refreshing: true }, grace]), NOW),
    'Signed in as ada@example.org: Renewing the token',
  );
});

test('a sign-in is told step by step, and how it ended', () => {
  const start = newSignIn(1, 'default');
  const tell = (signIn: typeof start) => announceSignIn(ENGLISH, aSnapshot([], signIn), NOW);
  assert.equal(tell(withStep(start, 'pkce', 'active')), 'Step 1 of 8: Preparing this sign-in');
  const waiting = { ...withStep(start, 'exchange', 'active'), retryAt: NOW + 8_000 };
  assert.equal(tell(waiting), 'Claude asks to wait; trying again by itself.');
  assert.equal(tell(withEnd(start, { code: 'access-denied' })), 'Sign-in failed: Declined in the browser');
  assert.equal(tell(withEnd(start, { code: 'sign-in-cancelled' })), 'Sign-in cancelled');
  assert.equal(announceSignIn(ENGLISH, aSnapshot(), NOW), '');
});

test('where somebody else approved than was asked for a screen reader hears it too', () => {
  const place = { id: 'default', surprise: 'already' } as const;
  const ended = { ...newSignIn(1, null), phase: 'succeeded', place } as const;
  assert.match(
    announceSignIn(ENGLISH, aSnapshot([anAccount()], ended), NOW),
    /^Signed in as ada@example\.org\. This account was signed in here already/,
  );
});
