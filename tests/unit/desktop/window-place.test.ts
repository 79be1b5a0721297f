import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { windowPlace } from '../../../src-main/desktop/window-place.ts';

const SIZE = { width: 380, height: 560 };
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };
const UNDER_BAR = { x: 0, y: 40, width: 1280, height: 760 };

test('below a bar at the top, above one at the bottom, and inside the screen', () => {
  const top = { x: 900, y: 4, width: 32, height: 32 };
  assert.deepEqual(windowPlace(SIZE, top, null, UNDER_BAR), { x: 726, y: 48 });
  const bottom = { x: 1240, y: 764, width: 32, height: 32 };
  const overBar = { x: 0, y: 0, width: 1280, height: 760 };
  assert.deepEqual(windowPlace(SIZE, bottom, null, overBar), { x: 892, y: 192 });
});

test('where the platform does not tell of the icon, the last place counts, else the system’s', () => {
  assert.equal(windowPlace(SIZE, NOWHERE, null, UNDER_BAR), null);
  assert.deepEqual(windowPlace(SIZE, NOWHERE, { x: 100, y: 120 }, UNDER_BAR), { x: 100, y: 120 });
});

test('a place on a screen that is gone comes back to one that is there', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (x, y) => {
      const place = windowPlace(SIZE, NOWHERE, { x, y }, UNDER_BAR);
      assert.ok(place !== null);
      assert.ok(place.x >= 0 && place.x + SIZE.width <= 1280);
      assert.ok(place.y >= 40 && place.y + SIZE.height <= 800);
    }),
  );
});
