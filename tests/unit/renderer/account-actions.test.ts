import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { canCopyToken } from '../../../src-main/domain/token-use.ts';
import { accountActions } from '../../../src-renderer/account/account-actions.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const EXPIRED = { accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR };

/** The buttons from left to right, the one that helps with a mark. */
const buttons = (changes: Partial<Account>, now = NOW) =>
  accountActions(anAccount(changes), now)
    .map(({ label, look }) => (look === 'primary' ? `${label}!` : label))
    .join(' | ');

const refusals = (failure: RefusalFailure, times = 1): Partial<Account> => ({
  history: Array.from({ length: times }, (_, index) => ({
    at: NOW - (times - index) * MINUTE,
    kind: 'refused' as const,
    failure,
  })),
});

test('the standing decides what helps', () => {
  assert.equal(buttons({}), 'refresh-now');
  // Renewed at once without anyone; what has failed is for a person.
  assert.equal(buttons(EXPIRED), 'refresh-now');
  assert.equal(buttons({ ...EXPIRED, loginExpiresAt: NOW - 1 }), 'sign-in-again!');
  assert.equal(buttons(refusals({ code: 'grant-refused' })), 'sign-in-again!');
});

test('where nobody knows whether the login lives both ways are open', () => {
  const lost: RefusalFailure = { code: 'answer-lost', host: 'example.org' };
  assert.equal(buttons(refusals(lost)), 'refresh-now');
  assert.equal(buttons(refusals(lost, 2)), 'refresh-now | sign-in-again!');
});

test('signing in once more is offered when the login ends soon, or nothing can be refreshed', () => {
  assert.equal(buttons({ loginExpiresAt: NOW + 2 * DAY }), 'refresh-now | sign-in-again!');
  // Nothing is promised of a refresh then.
  assert.equal(buttons({ loginExpiresAt: NOW - HOUR }), 'sign-in-again!');
  assert.equal(buttons({ refreshable: false }), 'sign-in-again');
});

test('an outage is no reason to sign in again', () => {
  const outage = refusals({ code: 'network-down', host: 'example.org', reason: 'ENOTFOUND' });
  assert.equal(buttons({ ...EXPIRED, ...outage }), 'refresh-now!');
});

test('a proxy whose logins are not spoken is not asked first of all once more', () => {
  const stuck = (schemes: readonly string[]): Partial<Account> => {
    const failure = { code: 'proxy-login', schemes, given: false, proxy: 'p:1', as: 'setting' } as const;
    return { ...EXPIRED, ...refusals(failure), troubles: [failure] };
  };
  assert.equal(buttons(stuck(['NTLM'])), 'refresh-now');
  assert.equal(buttons(stuck(['Basic'])), 'refresh-now!');
});

test('a service that asks to wait is not asked until then', () => {
  const limited = { ...EXPIRED, ...refusals({ code: 'rate-limited', retryAfterSeconds: 600 }) };
  assert.equal(buttons(limited), '');
  assert.equal(buttons(limited, NOW + 9 * MINUTE), 'refresh-now!');
});

test('an entry that another program took away is put back, where there is a copy', () => {
  const lost = (copy: boolean): Partial<Account> => ({
    whereabouts: copy ? 'copy' : 'nowhere',
    history: [{ at: NOW, kind: 'removed' }],
    troubles: [{ code: 'entry-removed', path: '/c.yaml', copy }],
  });
  assert.equal(buttons(lost(true)), 'sign-in-again | put-back!');
  assert.equal(buttons(lost(false)), 'sign-in-again!');
  // Put back it could be renewed twice.
  const copied = { code: 'entry-removed', path: '/c.yaml', copy: true, copied: true } as const;
  assert.equal(buttons({ ...lost(true), troubles: [copied] }), 'put-back | sign-in-again!');
});

test('a token is offered to copy while it lasts, or a refresh can bring one now', () => {
  const offered = (changes: Partial<Account>, now = NOW) => canCopyToken(anAccount(changes), now);
  const limited = refusals({ code: 'rate-limited', retryAfterSeconds: 600 });
  assert.equal(offered({}), true);
  assert.equal(offered({ accessExpiresAt: null, refreshable: false }), true);
  assert.equal(offered(EXPIRED), true);
  assert.equal(offered({ ...EXPIRED, refreshable: false }), false);
  assert.equal(offered({ ...EXPIRED, ...limited }), false);
  // The failed try comes first, and has a button of its own.
  assert.equal(offered({ ...EXPIRED, ...limited }, NOW + 9 * MINUTE), false);
  assert.equal(offered(limited), true);
});

test('a login that has ended leaves its token to copy, for as long as that lives', () => {
  const ended = refusals({ code: 'grant-refused' });
  assert.equal(canCopyToken(anAccount(ended), NOW), true);
  assert.equal(canCopyToken(anAccount({ ...ended, ...EXPIRED }), NOW), false);
});

test('of an entry that another program took away no token is handed out', () => {
  assert.equal(canCopyToken(anAccount({ history: [{ at: NOW, kind: 'removed' }] }), NOW), false);
});
