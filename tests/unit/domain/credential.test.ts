import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialIdFor, freeCredentialId, type Owner } from '../../../src-main/domain/credential.ts';
import { anAccount } from '../../support/snapshots.ts';

test('one account more gets the first id that nobody has', () => {
  assert.equal(freeCredentialId([]), 'default');
  assert.equal(freeCredentialId(['default']), 'account-2');
  assert.equal(freeCredentialId(['default', 'account-3', 'account-2']), 'account-4');
  assert.equal(freeCredentialId(['work']), 'default');
});

const ADA = anAccount().owner ?? assert.fail();
const GRACE: Owner = { ...ADA, accountUuid: 'g-uuid', organizationUuid: 'c-uuid' };
const UNTOLD: Owner = { ...ADA, organizationUuid: null };

test('a login goes to the account of whoever approved, and never over that of somebody else', () => {
  const ada = { id: 'default', owner: ADA };
  const grace = { id: 'account-2', owner: GRACE };
  const stranger = { id: 'default', owner: null };
  const cases = [
    ['default', ADA, [], 'default'],
    ['default', ADA, [ada], 'default'],
    ['account-2', ADA, [ada], 'default'],
    ['account-2', ADA, [ada, grace], 'default'],
    ['account-2', GRACE, [ada, grace], 'account-2'],
    ['default', GRACE, [ada], 'account-2'],
    ['default', { ...GRACE, accountUuid: 'x' }, [ada, grace], 'account-3'],
    // The same person for another organisation is another identity.
    ['default', { ...ADA, organizationUuid: 'c-uuid' }, [ada], 'account-2'],
    // Signed in twice already: what was asked for.
    ['account-2', ADA, [ada, { ...ada, id: 'account-2' }], 'account-2'],
    // Not enough is known to tell anything.
    ['default', ADA, [stranger], 'default'],
    ['default', UNTOLD, [ada], 'default'],
    ['account-2', UNTOLD, [ada], 'account-2'],
  ] as const;
  for (const [wanted, owner, known, expected] of cases) {
    assert.equal(credentialIdFor(wanted, owner, known), expected);
  }
});
