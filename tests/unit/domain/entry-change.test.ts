import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  entryChange,
  type EntryChange,
  type FoundEntry,
  type KnownCredential,
} from '../../../src-main/domain/entry-change.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { NOW } from '../../support/snapshots.ts';

const KNOWN: KnownCredential = { digest: 'ours', past: ['first', 'second'], accessExpiresAt: NOW + HOUR };
const OVER: KnownCredential = { ...KNOWN, accessExpiresAt: NOW - HOUR };
const entry = (digest: string, accessExpiresAt: number | null = NOW + 8 * HOUR): FoundEntry => ({
  digest,
  accessExpiresAt,
  refreshable: true,
});

const CASES: readonly (readonly [string, KnownCredential | null, FoundEntry | null, EntryChange])[] = [
  ['nothing known, nothing there', null, null, 'same'],
  ['a first entry', null, entry('theirs'), 'new'],
  ['a first entry that is over', null, entry('theirs', NOW - HOUR), 'new'],
  ['taken out', KNOWN, null, 'removed'],
  ['ours', KNOWN, entry('ours'), 'same'],
  ['ours, its end written otherwise', KNOWN, entry('ours', null), 'same'],
  ['ours, over', OVER, entry('ours', NOW - HOUR), 'same'],
  ['a later one', KNOWN, entry('theirs'), 'adopt'],
  ['a living one that ends sooner', KNOWN, entry('theirs', NOW + 1), 'adopt'],
  ['one without a known end', KNOWN, entry('theirs', null), 'adopt'],
  ['one that is over, but later than ours', OVER, entry('theirs', NOW - 1), 'adopt'],
  ['one that is over and older', KNOWN, entry('theirs', NOW), 'replaced'],
  [
    'one that is over, ours has no known end',
    { ...KNOWN, accessExpiresAt: null },
    entry('x', NOW),
    'replaced',
  ],
  ['one that ours took the place of', KNOWN, entry('second'), 'replaced'],
  ['one that cannot be refreshed', KNOWN, { ...entry('theirs'), refreshable: false }, 'replaced'],
];

for (const [what, known, found, change] of CASES) {
  test(`an entry in the file: ${what}: ${change}`, () =>
    assert.equal(entryChange(known, found, NOW), change));
}

test('what ours took the place of is spent: never adopted, whatever it says of itself', () => {
  const instant = fc.option(fc.integer({ min: NOW - 1e10, max: NOW + 1e10 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }),
      fc.nat(),
      fc.record({ ours: instant, theirs: instant, now: fc.integer({ min: NOW - 1e10, max: NOW + 1e10 }) }),
      fc.boolean(),
      ([digest = '', ...past], index, { ours, theirs, now }, refreshable) => {
        const found = { digest: past[index % past.length] ?? '', accessExpiresAt: theirs, refreshable };
        assert.equal(entryChange({ digest, past, accessExpiresAt: ours }, found, now), 'replaced');
      },
    ),
  );
});
