import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  contentFingerprint,
  isStamped,
  treeFingerprint,
  writeStamp,
} from '../../../scripts/set-up/stamp.mjs';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-stamp-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a step is done only for what it was stamped with', (t) => {
  const path = join(temporaryFolder(t), 'stamps', 'build');
  assert.equal(isStamped(path, 'a'), false);
  writeStamp(path, 'a');
  assert.equal(isStamped(path, 'a'), true);
  assert.equal(isStamped(path, 'b'), false);
});

test('a file has the same fingerprint as its copy, and another once edited', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'a'), 'one');
  writeFileSync(join(folder, 'b'), 'one');
  writeFileSync(join(folder, 'c'), 'two');
  assert.equal(contentFingerprint(join(folder, 'a')), contentFingerprint(join(folder, 'b')));
  assert.notEqual(contentFingerprint(join(folder, 'a')), contentFingerprint(join(folder, 'c')));
});

test('a folder has another fingerprint after each kind of change to a file in it, and not otherwise', (t) => {
  const folder = temporaryFolder(t);
  const paths = [join(folder, 'src'), join(folder, 'config')];
  const file = join(folder, 'src', 'deep', 'a.ts');
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
  writeFileSync(file, 'one');

  const changes: Record<string, () => void> = {
    touched: () => utimesSync(file, 1, 1),
    edited: () => writeFileSync(file, 'longer'),
    renamed: () => renameSync(file, join(folder, 'src', 'deep', 'b.ts')),
    added: () => writeFileSync(join(folder, 'src', 'c.ts'), ''),
    removed: () => rmSync(join(folder, 'src', 'c.ts')),
    'file made': () => writeFileSync(join(folder, 'config'), ''),
  };
  for (const [name, change] of Object.entries(changes)) {
    const before = treeFingerprint(paths);
    assert.equal(treeFingerprint(paths), before, 'nothing changed');
    change();
    assert.notEqual(treeFingerprint(paths), before, name);
  }
});
