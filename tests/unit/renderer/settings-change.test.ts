import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS, type Settings } from '../../../src-main/domain/settings.ts';
import {
  changeOutcome,
  isSame,
  undoOf,
  type Choices,
} from '../../../src-renderer/settings/settings-change.ts';

const before: Choices = { settings: DEFAULT_SETTINGS, startAtLogin: false, commandOnPath: null };
const dark: Choices = { ...before, settings: { ...DEFAULT_SETTINGS, theme: 'dark' } };
const change = { of: 'theme', from: before, to: dark, isUndo: false } as const;

/** As it comes back from main: equal, and another object. */
const told = (choices: Choices) => structuredClone(choices);

test('a change counts as saved once the snapshot has it, and no earlier', () => {
  assert.equal(changeOutcome(null, before), null);
  assert.equal(changeOutcome(change, told(before)), null);
  assert.equal(changeOutcome(change, told(dark)), 'saved');
});

test('a change that something else has overtaken is not spoken of any more', () => {
  assert.equal(changeOutcome(change, { ...told(dark), startAtLogin: true }), null);
});

test('undoing restores all of what was, and says so', () => {
  const undo = undoOf(change);
  assert.deepEqual([undo.of, undo.to], ['theme', before]);
  assert.equal(changeOutcome(undo, told(dark)), null);
  assert.equal(changeOutcome(undo, told(before)), 'undone');
});

test('each setting alone makes a difference', () => {
  const others: readonly Partial<Settings>[] = [
    { notifications: { ...DEFAULT_SETTINGS.notifications, loginEnds: false } },
    { callbackPort: 9000 },
    { tokenHost: 'console.anthropic.com' },
    { keychain: false },
    { theme: 'light' },
    { language: 'ja' },
  ];
  for (const other of others) {
    assert.equal(isSame(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, ...other }), false, JSON.stringify(other));
  }
  assert.equal(isSame({ a: 1 }, { a: 1, b: undefined }), false);
  assert.equal(isSame({ a: 1, b: 2 }, { b: 2, a: 1 }), true);
});
