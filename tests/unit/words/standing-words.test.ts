import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { describeSnapshot } from '../../../src-main/words/tray-tooltip-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { describeStanding } from '../../../src-main/words/standing-words.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

const words = (changes: Partial<Account>) => describeStanding(wordsFor('en'), anAccount(changes), NOW).words;
const EXPIRED = { accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR };

test('a login is called ended only where it has, and not where a token cannot be renewed', () => {
  const failed = { code: 'network-down', host: 'h', reason: 'ENOTFOUND' } as const;
  assert.equal(
    words({ ...EXPIRED, history: [{ at: NOW, kind: 'refused', failure: failed }] }),
    'Signed in, token expired',
  );
  // Renewed at once after a sleep.
  assert.equal(words(EXPIRED), 'Signed in');
  assert.equal(words({ ...EXPIRED, loginExpiresAt: NOW - MINUTE }), 'Sign-in ended');
  assert.equal(
    words({ ...EXPIRED, history: [{ at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }] }),
    'Sign-in ended',
  );
  assert.equal(words({ ...EXPIRED, refreshable: false }), 'Token expired for good');
  assert.equal(words({ ...EXPIRED, refreshable: false, loginExpiresAt: null }), 'Token expired for good');
});

test('the window shows the picture that the tray shows', () => {
  const accounts: readonly Partial<Account>[] = [
    {},
    EXPIRED,
    { accessExpiresAt: NOW + MINUTE },
    { ...EXPIRED, refreshable: false },
    { loginExpiresAt: NOW - MINUTE },
    {
      history: [{ at: NOW, kind: 'replaced' }],
      troubles: [{ code: 'entry-replaced', path: '/c.yaml', copy: true }],
    },
  ];
  for (const changes of accounts) {
    const account = anAccount(changes);
    assert.equal(
      describeStanding(wordsFor('en'), account, NOW).icon,
      describeSnapshot(aSnapshot([account]), NOW).icon,
    );
  }
});
