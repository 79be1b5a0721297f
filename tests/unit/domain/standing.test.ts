import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { accessExpiry, loginExpiry } from '../../../src-main/domain/lifetime.ts';
import { standingOf } from '../../../src-main/domain/standing.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

test('an access token passes from valid over expiring to expired at its instants', () => {
  const account = anAccount();
  const end = account.accessExpiresAt ?? 0;
  assert.equal(standingOf(account, NOW), 'valid');
  assert.equal(standingOf(account, end - 20 * MINUTE - 1), 'valid');
  assert.equal(standingOf(account, end - 20 * MINUTE), 'expiring');
  assert.equal(standingOf(account, end - 1), 'expiring');
  assert.equal(standingOf(account, end), 'expired');
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
    fc.property(fc.option(fc.double({ noNaN: true })), (expiresIn) => {
      const end = accessExpiry(NOW, expiresIn);
      assert.ok(end >= NOW && new Date(end).getUTCFullYear() < 2100);
      assert.equal(loginExpiry(NOW, expiresIn) === null, expiresIn === null);
    }),
  );
});

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const LOST = refused({ code: 'answer-lost', host: 'h' });

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
