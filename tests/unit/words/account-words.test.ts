import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { newSignIn } from '../../../src-main/domain/sign-in.ts';
import { describeAccount } from '../../../src-main/words/account-words.ts';
import { describeAccessClock, describeLoginClock } from '../../../src-main/words/clock-words.ts';
import { describePlacement } from '../../../src-main/words/placement-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');
const OWNER = anAccount().owner ?? assert.fail();

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const THROTTLED: RefusalFailure = { code: 'rate-limited', retryAfterSeconds: 3_600 };
const access = (changes: Parameters<typeof anAccount>[0]) =>
  describeAccount(ENGLISH, anAccount(changes), NOW).access;

test('the access clock says what comes at its end', () => {
  assert.equal(access({}), 'Token until 17:00, renewed by itself');
  assert.equal(access({ accessExpiresAt: NOW - HOUR }), 'Token expired (08:00), renewed by itself');
  assert.equal(access({ refreshable: false }), 'Token until 17:00');
  assert.equal(access({ refreshing: true }), 'Token is being renewed');
  assert.equal(access({ accessExpiresAt: null }), 'Token without a known end');
  // It is tried all the same, and not promised.
  const over = { loginExpiresAt: NOW - HOUR };
  assert.equal(access(over), 'Token until 17:00, then sign in again');
  assert.equal(access({ ...over, accessExpiresAt: NOW - HOUR }), 'Token expired (08:00)');
});

test('the access clock says when the next try is, and when there is none', () => {
  const next = (...history: readonly HistoryEvent[]) => access({ history });
  assert.equal(next(refused(THROTTLED)), 'Token until 17:00, next try 10:00');
  assert.equal(next({ ...refused(THROTTLED), at: NOW - DAY }), 'Token until 17:00, trying again now');
  assert.equal(next(refused({ code: 'grant-refused' })), 'Token until 17:00, then sign in again');
  const lost = refused({ code: 'answer-lost', host: 'h' });
  assert.equal(next(lost), 'Token until 17:00, next try 09:01');
  assert.doesNotMatch(next(lost, lost), /renewed|next try/);
  assert.doesNotMatch(next({ at: NOW, kind: 'removed' }), /renewed|next try/);
});

test('of what seems to go on under another id neither clock says that it is lost', () => {
  const lost = { code: 'entry-removed', path: '/c', copy: false } as const;
  const told = (goesOnAs: { readonly goesOnAs?: string }) => {
    const account = anAccount({ whereabouts: 'nowhere', troubles: [{ ...lost, ...goesOnAs }] });
    return [describeAccessClock(ENGLISH, account, NOW), describeLoginClock(ENGLISH, account, NOW, false)].map(
      ({ left, sentence }) => [left, sentence],
    );
  };
  assert.deepEqual(told({}), [
    ['gone', 'Token no longer on this computer'],
    [null, 'The sign-in was lost with it'],
  ]);
  assert.deepEqual(told({ goesOnAs: 'work' }), [
    [null, 'Token under “work”, it seems'],
    [null, 'It seems to go on as “work”'],
  ]);
});

test('accounts with one address are told apart by their organisations, else by their ids', () => {
  const work = anAccount({ id: 'work', owner: { ...OWNER, organizationName: 'Difference Engines' } });
  const twin = anAccount({ id: 'account-3' });
  const who = (account: Account, ...all: readonly Account[]) =>
    describeAccount(ENGLISH, account, NOW, all).who;
  const ada = anAccount();
  assert.equal(who(ada, ada), 'Signed in as ada@example.org');
  assert.equal(who(ada, ada, work), 'Signed in as ada@example.org (Analytical Engines)');
  assert.equal(who(work, ada, work), 'Signed in as ada@example.org (Difference Engines)');
  assert.equal(who(twin, ada, twin), 'Signed in as ada@example.org (account-3)');
  const grace = anAccount({ id: 'grace', owner: { ...OWNER, email: 'grace@example.org' } });
  assert.equal(who(grace, ada, work, grace), 'Signed in as grace@example.org');

  const apart = { ...newSignIn(1, 'default'), place: { id: 'work', surprise: 'apart' } as const };
  assert.match(
    describePlacement(ENGLISH, apart, [ada, work]) ?? '',
    /^The sign-in of ada@example\.org \(Analytical Engines\) was left/,
  );
});
