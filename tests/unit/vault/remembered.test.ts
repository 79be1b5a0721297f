import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_RECORD, type AccountRecord } from '../../../src-main/vault/records/account-record.ts';
import { rememberedOf } from '../../../src-main/vault/stored-accounts.ts';
import { NOW } from '../../support/snapshots.ts';

const isOver = (changes: Partial<AccountRecord>) => {
  const records = new Map([['default', { ...EMPTY_RECORD, ...changes }]]);
  return rememberedOf('default', { records, recordsElsewhere: [], spent: new Map() }).isOver;
};

test('a login is over for good where the service has refused it, and nobody can come to doubt that', () => {
  const history = [{ at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }] as const;
  const host = 'token.example';
  assert.ok(isOver({ history, issuedBy: host, refusedBy: host }));
  // As older versions remembered it.
  assert.ok(isOver({ history }));
  assert.ok(!isOver({ history, refusedBy: host }), 'a host set by mistake may have said so');
  assert.ok(!isOver({ history: [...history, { at: NOW, kind: 'adopted' }], issuedBy: host }));
  const failure = { code: 'network-down', host, reason: 'ENOTFOUND' } as const;
  assert.ok(!isOver({ history: [{ at: NOW, kind: 'refused', failure }], issuedBy: host }));
});
