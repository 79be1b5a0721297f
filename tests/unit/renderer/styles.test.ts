import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { test } from 'node:test';

const renderer = join(import.meta.dirname, '../../../src-renderer');

test('every style sheet is part of the one that the window is drawn with, once', () => {
  const listed = readFileSync(join(renderer, 'styles.css'), 'utf8').matchAll(/^@import '\.\/(.+)';$/gm);
  const sheets = globSync('*/**/*.css', { cwd: renderer, exclude: (path) => path.startsWith('gallery') });
  assert.deepEqual([...listed].map(([, path]) => path?.replaceAll('/', sep)).toSorted(), sheets.toSorted());
});
