import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stateDrawings } from '../../../scripts/icons/state-drawings.mjs';
import { GROUND } from '../../../src-main/desktop/ground.ts';

const root = join(import.meta.dirname, '../../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

test('the window has the drawings of the tray', async () => {
  const sheet = read('assets', 'icons', 'src', 'tray.svg');
  const file = join(root, 'src-renderer', 'controls', 'state-drawings.tsx');
  assert.equal(readFileSync(file, 'utf8'), await stateDrawings(sheet, file));
});

test('the window begins in the colour that its page will have', () => {
  const [, light, dark] =
    /--ground: light-dark\((#\w+), (#\w+)\)/.exec(read('src-renderer', 'styles', 'tokens.css')) ?? [];
  assert.deepEqual({ light, dark }, GROUND);
});
