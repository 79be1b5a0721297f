import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseGroups, groups } from '../../../scripts/test/groups.mjs';

const namesOf = (names: string[]) => chooseGroups(names).map(({ name }) => name);

test('without a name all groups are chosen that need none, in their order', () => {
  assert.deepEqual(
    chooseGroups([]),
    groups.filter(({ name }) => name !== 'wine'),
  );
  assert.deepEqual(namesOf([]), [
    'format',
    'lint',
    'circles',
    'types',
    'unit',
    'integration',
    'e2e',
    'keyring',
    'package',
  ]);
});

test('named groups are chosen, in the same order', () => {
  assert.deepEqual(namesOf(['unit', 'wine', 'lint']), ['lint', 'unit', 'wine']);
});

test('a name that is no group is refused, with those that are', () => {
  assert.throws(() => chooseGroups(['unti']), {
    name: 'SetUpError',
    message:
      'There is no test group unti. There are: format, lint, circles, types, unit, integration, e2e, keyring, package, wine.',
  });
});
