import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageFor } from '../../../src-main/domain/language.ts';

test('the first preferred language that there are words in is spoken', () => {
  assert.equal(languageFor(['de-AT', 'en-GB']), 'de');
  assert.equal(languageFor(['fr-FR', 'ja', 'de']), 'ja');
  assert.equal(languageFor(['JA_JP']), 'ja');
});

test('English is spoken where none of them is known', () => {
  assert.equal(languageFor(['fr', 'c']), 'en');
  assert.equal(languageFor([]), 'en');
  // Another language that only begins alike.
  assert.equal(languageFor(['den']), 'en');
});
