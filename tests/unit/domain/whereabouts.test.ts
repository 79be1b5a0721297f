import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { isGone } from '../../../src-main/domain/whereabouts.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

test('an entry that another program took away is gone where there is no copy', () => {
  const lost = (copy: boolean): Partial<Account> => ({
    history: [{ at: NOW, kind: 'removed' }],
    troubles: [{ code: 'entry-removed', path: '/c.yaml', copy }],
  });
  assert.deepEqual(
    [lost(true), lost(false), {}].map((each) => isGone(anAccount(each))),
    [false, true, false],
  );
});
