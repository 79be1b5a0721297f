import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bar } from '../../../src-main/terminal/bar.ts';

test('a bar is as long as the time that is left', () => {
  assert.deepEqual(bar(0, 100, 0), { text: '██████████', style: 'good' });
  assert.deepEqual(bar(0, 100, 50), { text: '█████░░░░░', style: 'good' });
  assert.deepEqual(bar(0, 100, 92), { text: '█░░░░░░░░░', style: 'soon' });
  assert.deepEqual(
    bar(0, 100, 99.9),
    { text: '█░░░░░░░░░', style: 'soon' },
    'what lasts is not drawn as over',
  );
  assert.deepEqual(bar(0, 100, 100), { text: '░░░░░░░░░░', style: 'bad' });
  assert.deepEqual(bar(0, 100, -50), { text: '██████████', style: 'good' }, 'a clock that is behind');
});

test('where nobody knows, there is none', () => {
  for (const unknown of [bar(null, 100, 0), bar(0, null, 0), bar(100, 100, 0)]) {
    assert.deepEqual(unknown, null);
  }
});
