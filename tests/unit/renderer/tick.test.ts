import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { newSignIn } from '../../../src-main/domain/sign-in.ts';
import { untilWordsChange } from '../../../src-renderer/state/tick.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

/** The instants, as time left of the access token, at which the window is drawn anew until it is over. */
function drawnAt(accessIssuedAt: number, from: number): number[] {
  const accessExpiresAt = NOW + HOUR;
  const snapshot = aSnapshot([anAccount({ accessIssuedAt, accessExpiresAt, loginExpiresAt: null })]);
  const instants: number[] = [];
  let now = accessExpiresAt - from;
  for (let delay = 0; ; now += delay) {
    const next = untilWordsChange(snapshot, now);
    if (next === null) return instants;
    delay = next;
    instants.push(accessExpiresAt - now - delay);
  }
}

test('the last minute of a token is drawn at its end, and when its standing changes', () => {
  const renewal = 24_500;
  const instants = drawnAt(NOW + HOUR - 5 * renewal, MINUTE - 1);
  assert.deepEqual(
    instants.map((left) => left + 1),
    [renewal, 0],
  );
});

test('the time left to approve is drawn once a second', () => {
  const signIn = { ...newSignIn(1, 'default'), approvalDeadline: NOW + 5 * MINUTE };
  assert.equal(untilWordsChange(aSnapshot([], signIn), NOW), 1);
  assert.equal(untilWordsChange(aSnapshot([], signIn), NOW + 1), SECOND);
});

test('so is the time until the exchange is tried again', () => {
  const signIn = { ...newSignIn(1, 'default'), retryAt: NOW + 8 * SECOND };
  assert.equal(untilWordsChange(aSnapshot([], signIn), NOW + 1), SECOND);
  assert.equal(untilWordsChange(aSnapshot([], signIn), NOW + 8 * SECOND), null);
});

test('before that it is drawn once a minute, and when its standing changes', () => {
  const instants = drawnAt(NOW - 7 * HOUR, 22 * MINUTE).filter((left) => left >= 18 * MINUTE - 1);
  // Just after each whole minute, where the words change, and when twenty minutes are left also for the renewal.
  assert.deepEqual(
    instants.map((left) => Math.round(left / MINUTE)),
    [22, 21, 20, 19, 18],
  );
});

test('nothing is drawn anew where nothing counts down', () => {
  const over = anAccount({ accessExpiresAt: NOW - SECOND, loginExpiresAt: NOW - DAY });
  assert.equal(untilWordsChange(aSnapshot([over]), NOW), null);
  assert.equal(untilWordsChange(aSnapshot(), NOW), null);
});
