import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whereaboutsOf, type Whereabouts } from '../../../src-main/domain/whereabouts.ts';

type Facts = Parameters<typeof whereaboutsOf>[0];

const inPlace: Facts = {
  present: 'entry',
  isKeptDue: false,
  isKeptOnDisk: false,
  change: 'same',
  loss: null,
  hasCopy: true,
  isFileReadable: true,
};

const CASES: readonly (readonly [what: string, changes: Partial<Facts>, Whereabouts])[] = [
  ['its entry is in place', {}, 'config-file'],
  ['another program renewed it', { change: 'adopt', hasCopy: false }, 'config-file'],
  ['it waits on disk', { present: 'kept', isKeptDue: true, isKeptOnDisk: true }, 'own-folder'],
  [
    'it waits on disk, and the file cannot be read',
    { present: 'kept', isKeptDue: true, isKeptOnDisk: true, isFileReadable: false },
    'own-folder',
  ],
  ['it waits in memory', { present: 'kept', isKeptDue: true }, 'memory'],
  ['its entry was removed', { present: 'copy', change: 'removed' }, 'copy'],
  ['its entry was replaced', { change: 'replaced' }, 'copy'],
  ['its entry was replaced, and there is no copy', { change: 'replaced', hasCopy: false }, 'nowhere'],
  [
    'its entry was removed, and there is no copy',
    { present: 'none', change: 'removed', hasCopy: false },
    'nowhere',
  ],
  ['a loss that is noted was undone', { loss: 'removed' }, 'config-file'],
  ['the file cannot be read', { present: 'copy', isFileReadable: false }, 'unknown'],
  [
    'the file cannot be read, and there is no copy',
    { present: 'none', hasCopy: false, isFileReadable: false },
    'unknown',
  ],
  [
    'the file cannot be read, and the entry was lost before',
    { present: 'copy', loss: 'removed', isFileReadable: false },
    'copy',
  ],
];

for (const [what, changes, expected] of CASES) {
  test(`where a credential is: ${what}: ${expected}`, () =>
    assert.equal(whereaboutsOf({ ...inPlace, ...changes }), expected));
}
