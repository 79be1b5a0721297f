import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeCredentialId, placeFor, type Owner } from '../../../src-main/domain/credential.ts';
import { anAccount } from '../../support/snapshots.ts';

const ADA = anAccount().owner ?? assert.fail();
const GRACE: Owner = { ...ADA, accountUuid: 'g-uuid', organizationUuid: 'c-uuid' };
const UNTOLD: Owner = { ...ADA, organizationUuid: null };

test('a login goes to the account of whoever approved, and never over that of somebody else', () => {
  const ada = { id: 'default', owner: ADA };
  const grace = { id: 'account-2', owner: GRACE };
  const stranger = { id: 'default', owner: null };
  const cases = [
    ['default', ADA, [], 'default', null],
    ['default', ADA, [ada], 'default', null],
    ['account-2', GRACE, [ada, grace], 'account-2', null],
    // A second login of the same person, by an id that the person chose.
    ['work', ADA, [ada], 'work', null],
    // Somebody else's.
    ['default', GRACE, [ada], 'account-2', 'apart'],
    ['account-2', ADA, [ada, grace], 'default', 'apart'],
    ['default', { ...GRACE, accountUuid: 'x' }, [ada, grace], 'account-3', 'apart'],
    // The same person for another organisation is another identity.
    ['default', { ...ADA, organizationUuid: 'c-uuid' }, [ada], 'account-2', 'apart'],
    // One account more.
    [null, ADA, [], 'default', null],
    [null, GRACE, [ada], 'account-2', null],
    [null, ADA, [ada, grace], 'default', 'already'],
    // Not enough is known to tell anything.
    ['default', ADA, [stranger], 'default', null],
    ['default', UNTOLD, [ada], 'default', null],
    [null, UNTOLD, [ada], 'account-2', null],
  ] as const;
  for (const [askedFor, owner, known, id, surprise] of cases) {
    const free = freeCredentialId(known.map((each) => each.id));
    assert.deepEqual(placeFor(askedFor, owner, known, free), { id, surprise });
  }
});
