import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { accessExpiry, loginExpiry } from '../../../src-main/domain/lifetime.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { concernOf, standingOf, type Concern } from '../../../src-main/domain/standing.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const LOST = refused({ code: 'answer-lost', host: 'h' });

test('an access token is valid until it ends, or a try to renew it has failed near its end', () => {
  const account = anAccount();
  const end = account.accessExpiresAt ?? 0;
  const failed = anAccount({ history: [refused({ code: 'service-down', status: 503 })] });
  assert.equal(standingOf(account, end - 20 * MINUTE), 'valid');
  assert.equal(standingOf(account, end - 1), 'valid');
  assert.equal(standingOf(failed, end - 20 * MINUTE - 1), 'valid');
  assert.equal(standingOf(failed, end - 20 * MINUTE), 'expiring');
  assert.equal(standingOf(anAccount({ refreshable: false }), end - 20 * MINUTE), 'expiring');
  assert.equal(standingOf(account, end), 'expired');
});

test('what is shown in amber, or asks for a person, and what is nobody’s business', () => {
  const end = NOW + 10 * MINUTE;
  const near = { accessIssuedAt: end - 8 * HOUR, accessExpiresAt: end };
  const over = { accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR };
  const outage = { history: [refused({ code: 'network-down', host: 'h', reason: 'ENOTFOUND' })] };
  const table: readonly (readonly [what: string, changes: Partial<Account>, concern: Concern])[] = [
    ['valid', {}, 'none'],
    ['due, and not tried yet', near, 'none'],
    ['being renewed', { ...near, refreshing: true }, 'none'],
    ['over after a sleep, being renewed', { ...over, refreshing: true }, 'none'],
    ['more than three days of login', { loginExpiresAt: NOW + 3 * DAY + 1 }, 'none'],
    ['the last three days of login', { loginExpiresAt: NOW + 3 * DAY }, 'look'],
    ['a login over, its token alive', { loginExpiresAt: NOW - 1 }, 'person'],
    ['a failed try, hours left', outage, 'look'],
    ['a failed try, minutes left', { ...near, ...outage }, 'look'],
    ['a failed try, tried again', { ...over, ...outage, refreshing: true }, 'look'],
    ['over after a sleep, to be renewed at once', over, 'none'],
    ['over, a try failed', { ...over, ...outage }, 'look'],
    ['ends soon, with nothing to renew it', { ...near, refreshable: false }, 'look'],
    ['ends in hours, with nothing to renew it', { refreshable: false }, 'none'],
    [
      'what renews it is in a file that nobody can read',
      { refreshable: false, whereabouts: 'unknown' },
      'look',
    ],
    ['the same, with a copy of our own', { whereabouts: 'unknown' }, 'none'],
    ['the same, over', { ...over, refreshable: false, whereabouts: 'unknown' }, 'person'],
    ['over, with nothing to renew it', { ...over, refreshable: false }, 'person'],
    ['login and token over', { ...over, loginExpiresAt: NOW - 1 }, 'person'],
    ['refused', { history: [refused({ code: 'grant-refused' })] }, 'person'],
    ['two lost answers', { history: [LOST, LOST] }, 'person'],
    ['taken out of the file', { history: [{ at: NOW, kind: 'removed' }] }, 'person'],
    ['replaced in the file', { history: [{ at: NOW, kind: 'replaced' }] }, 'person'],
  ];
  for (const [what, changes, concern] of table) {
    assert.equal(concernOf(anAccount(changes), NOW), concern, what);
  }
});

test('only a person helps where there is nothing to refresh with, or the login is over', () => {
  const over = { accessExpiresAt: NOW };
  assert.equal(standingOf(anAccount({ ...over, refreshable: false }), NOW), 'needs-sign-in');
  assert.equal(standingOf(anAccount({ ...over, loginExpiresAt: NOW }), NOW), 'needs-sign-in');
  assert.equal(standingOf(anAccount({ ...over, loginExpiresAt: null }), NOW), 'expired');
});

test('a living access token works until its end, whatever the login clock says', () => {
  assert.equal(standingOf(anAccount({ loginExpiresAt: NOW - HOUR }), NOW), 'valid');
});

test('whatever lifetime the service tells, an expiry is a date that can be written', () => {
  fc.assert(
    fc.property(fc.option(fc.double({ noNaN: true })), fc.boolean(), (expiresIn, isRenewed) => {
      const end = accessExpiry(NOW, expiresIn, isRenewed);
      assert.ok(end >= NOW && new Date(end).getUTCFullYear() < 2100);
      const loginEnd = loginExpiry(NOW, expiresIn);
      assert.equal(loginEnd === null, expiresIn === null || expiresIn <= 0 || expiresIn >= 400 * 86_400);
      assert.ok(loginEnd === null || (loginEnd >= NOW && new Date(loginEnd).getUTCFullYear() < 2100));
    }),
  );
});

test('a lifetime that is told in milliseconds is that of nothing which is renewed, and counts as not told', () => {
  for (const expiresIn of [28_800_000, 1e12]) {
    assert.equal(accessExpiry(NOW, expiresIn, true), NOW + 8 * HOUR);
  }
  assert.equal(accessExpiry(NOW, 30 * 86_400, true), NOW + 30 * DAY);
  // Of the login itself: 28 days.
  assert.equal(loginExpiry(NOW, 2_419_200_000), null);
  assert.equal(loginExpiry(NOW, 2_419_200), NOW + 28 * DAY);
  // As `claude setup-token` gets one.
  assert.equal(accessExpiry(NOW, 365 * 86_400, false), NOW + 365 * DAY);
});

test('a refused grant, or two lost answers, need a person, also while the token lives', () => {
  const ended = refused({ code: 'grant-refused' });
  for (const history of [[ended], [LOST, LOST], [ended, { at: NOW, kind: 'put-back' } as const]])
    assert.equal(standingOf(anAccount({ history }), NOW), 'needs-sign-in');
  assert.equal(standingOf(anAccount({ history: [ended, { at: NOW, kind: 'signed-in' }] }), NOW), 'valid');
});

test('whatever passes needs nobody', () => {
  const passing: readonly RefusalFailure[] = [
    { code: 'network-down', host: 'h', reason: 'ENOTFOUND' },
    { code: 'service-down', status: 503 },
    { code: 'rate-limited', retryAfterSeconds: null },
    { code: 'request-malformed', message: '', requestId: null },
  ];
  for (const failure of passing) {
    const history = [LOST, refused(failure), refused(failure)];
    assert.equal(standingOf(anAccount({ history }), NOW), 'valid');
    assert.equal(standingOf(anAccount({ history, accessExpiresAt: NOW }), NOW), 'expired');
  }
});
