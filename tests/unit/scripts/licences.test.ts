import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundledPackages, licenceOf } from '../../../scripts/licences/collect.mjs';
import { LICENCES, LICENCE_TEXTS } from '../../../src-renderer/settings/licences.ts';

const root = join(import.meta.dirname, '../../..');

test('the window names the licence of whatever the bundles are made of', () => {
  assert.deepEqual(
    LICENCES.map(({ name }) => name),
    // Where keytar could not be installed, what it needs is not known either.
    [...new Set([...bundledPackages(root), 'keytar', 'node-addon-api'])].sort(),
  );
  const texts: Readonly<Record<string, string>> = LICENCE_TEXTS;
  for (const listed of LICENCES) {
    const installed = licenceOf(root, listed.name);
    if (installed === null) continue;
    const { text, ...licence } = installed;
    assert.deepEqual(listed, licence);
    if (text !== null) assert.equal(texts[listed.licence], text, listed.name);
    else assert.ok(texts[listed.licence] !== undefined, listed.name);
  }
});
