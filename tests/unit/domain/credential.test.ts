import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeCredentialId, isSameOwner, type Owner } from '../../../src-main/domain/credential.ts';
import { anAccount } from '../../support/snapshots.ts';

test('one account more gets the first id that nobody has', () => {
  assert.equal(freeCredentialId([]), 'default');
  assert.equal(freeCredentialId(['default']), 'account-2');
  assert.equal(freeCredentialId(['default', 'account-3', 'account-2']), 'account-4');
  assert.equal(freeCredentialId(['work']), 'default');
});

test('account and organisation together are the identity, where the service told them', () => {
  const ada = anAccount().owner ?? assert.fail();
  const same = (changes: Partial<Owner>) => isSameOwner(ada, { ...ada, ...changes });
  assert.equal(same({ email: 'ada@elsewhere.example' }), true);
  assert.equal(same({ organizationUuid: 'another' }), false);
  assert.equal(same({ accountUuid: 'another' }), false);
  assert.equal(isSameOwner(ada, null), false);
  const untold = { ...ada, accountUuid: null };
  assert.equal(isSameOwner(untold, untold), false);
});
