import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { isKeptAside } from '../../../src-main/domain/whereabouts.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { describeStorage } from '../../../src-main/words/storage-words.ts';
import { anAccount, aSnapshot } from '../../support/snapshots.ts';

const told = (changes: Partial<Account>) => {
  const account = anAccount(changes);
  const snapshot = aSnapshot([account]);
  return { words: describeStorage(wordsFor('en'), account, snapshot), isKeptAside: isKeptAside(snapshot) };
};

test('what could not be written is kept in our own folder, or in memory', () => {
  assert.deepEqual(told({ whereabouts: 'own-folder' }), {
    words: 'Latchkey’s own folder, until the config file can take them',
    isKeptAside: true,
  });
  assert.deepEqual(told({ whereabouts: 'memory' }), {
    words: 'In memory only, until something can be written',
    isKeptAside: false,
  });
  assert.deepEqual(told({}), { words: '/home/ada/.mcp-code-api/config.yaml', isKeptAside: false });
});

test('while the file cannot be read it may well hold them, and nothing is said of our own folder', () => {
  assert.deepEqual(told({ whereabouts: 'unknown' }), {
    words: 'Latchkey’s own copy, until the config file can be read',
    isKeptAside: false,
  });
  assert.deepEqual(told({ whereabouts: 'unknown', refreshable: false }), {
    words: 'Unknown while the config file cannot be read',
    isKeptAside: false,
  });
});

test('a lost entry waits for nobody but the person', () => {
  assert.deepEqual(told({ whereabouts: 'copy' }), { words: 'Latchkey’s own copy only', isKeptAside: false });
  assert.deepEqual(told({ whereabouts: 'nowhere' }), {
    words: 'Nowhere that Latchkey knows of',
    isKeptAside: false,
  });
  const goesOn: Failure = { code: 'entry-removed', path: '/c.yaml', copy: false, goesOnAs: 'work' };
  assert.deepEqual(told({ whereabouts: 'nowhere', troubles: [goesOn] }), {
    words: 'In the config file under “work”, it seems',
    isKeptAside: false,
  });
});
