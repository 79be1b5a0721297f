import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { isKeptAside } from '../../../src-main/domain/whereabouts.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { describeStorage } from '../../../src-main/words/storage-words.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

const told = (changes: Partial<Account>, isFileReadable: boolean) => {
  const account = anAccount(changes);
  const snapshot = aSnapshot([account], null, { isFileReadable });
  return { words: describeStorage(wordsFor('en'), account, snapshot), isKeptAside: isKeptAside(snapshot) };
};

test('what could not be written is kept in our own folder', () => {
  assert.deepEqual(told({ storedIn: 'rescue' }, true), {
    words: "Latchkey's own folder, until the config file can take them",
    isKeptAside: true,
  });
  assert.deepEqual(told({}, true), {
    words: '/home/ada/.mcp-code-api/config.yaml',
    isKeptAside: false,
  });
});

test('while the file cannot be read it may well hold them, and nothing is said of our own folder', () => {
  assert.deepEqual(told({ storedIn: 'rescue' }, false), {
    words: "Latchkey's own copy, until the config file can be read",
    isKeptAside: false,
  });
  assert.deepEqual(told({ storedIn: 'rescue', refreshable: false }, false), {
    words: 'Unknown while the config file cannot be read',
    isKeptAside: false,
  });
});

test('a lost entry waits for nobody but the person', () => {
  const lost: Partial<Account> = {
    storedIn: 'rescue',
    history: [{ at: NOW, kind: 'removed' }],
    troubles: [{ code: 'entry-removed', path: '/c.yaml', copy: true }],
  };
  assert.deepEqual(told(lost, true), { words: "Latchkey's own copy only", isKeptAside: false });
});
