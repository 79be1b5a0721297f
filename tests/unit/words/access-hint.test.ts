import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { accessHint } from '../../../src-main/words/access-hint.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const hint = (changes: Partial<Account>) => accessHint(wordsFor('en'), anAccount(changes), NOW);
const refused = (failure: RefusalFailure): Partial<Account> => ({
  history: [{ at: NOW - MINUTE, kind: 'refused', failure }],
});
const EXPIRED = { accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR };

test('an expired token asks for no more than a refresh, and not for one that has just failed', () => {
  assert.match(hint(EXPIRED), /a refresh is enough/);
  assert.match(hint({ ...EXPIRED, refreshing: true }), /^You are still signed in\.$/);
  const down = refused({ code: 'network-down', host: 'h', reason: 'ENOTFOUND' });
  assert.match(hint({ ...EXPIRED, ...down }), /^You are still signed in\.$/);
});

test('nothing is promised of a login that is over, or that a lost answer made uncertain', () => {
  assert.match(hint({}), /What programs use/);
  assert.match(hint({ loginExpiresAt: NOW - HOUR }), /^Works until its end$/);
  const lost = refused({ code: 'answer-lost', host: 'h' });
  assert.match(hint(lost), /uncertain/);
  assert.match(hint({ ...lost, accessExpiresAt: NOW + MINUTE }), /uncertain/);
});
