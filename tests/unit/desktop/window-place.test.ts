import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { followed, windowPlace } from '../../../src-main/desktop/window-place.ts';

const SIZE = { width: 380, height: 560 };
const UNDER_BAR = { x: 0, y: 40, width: 1280, height: 760 };

test('below a bar at the top, above one at the bottom, and inside the screen', () => {
  const top = { x: 900, y: 4, width: 32, height: 32 };
  assert.deepEqual(windowPlace(SIZE, top, null, UNDER_BAR), { x: 726, y: 48 });
  const bottom = { x: 1240, y: 764, width: 32, height: 32 };
  const overBar = { x: 0, y: 0, width: 1280, height: 760 };
  assert.deepEqual(windowPlace(SIZE, bottom, null, overBar), { x: 892, y: 192 });
});

test('at the pointer that pressed the icon, which has no size', () => {
  assert.deepEqual(windowPlace(SIZE, { x: 640, y: 12, width: 0, height: 0 }, { x: 1, y: 1 }, UNDER_BAR), {
    x: 450,
    y: 48,
  });
});

test('where neither is known the last place counts, else the system’s', () => {
  assert.equal(windowPlace(SIZE, null, null, UNDER_BAR), null);
  assert.deepEqual(windowPlace(SIZE, null, { x: 100, y: 120 }, UNDER_BAR), { x: 100, y: 120 });
});

test('a place on a screen that is gone comes back to one that is there', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (x, y) => {
      const place = windowPlace(SIZE, null, { x, y }, UNDER_BAR);
      assert.ok(place !== null);
      assert.ok(place.x >= 0 && place.x + SIZE.width <= 1280);
      assert.ok(place.y >= 40 && place.y + SIZE.height <= 800);
    }),
  );
});

const FRAME = 30;
const at = (y: number, page: number) => ({ x: 100, y, width: 380, height: page + FRAME });

test('the window follows its page where it stands, from the lowest to the highest', () => {
  const height = (page: number) => followed(at(60, 500), FRAME, page, UNDER_BAR);
  assert.deepEqual(height(610), at(60, 610));
  assert.deepEqual(height(120), at(60, 400));
  const tall = { ...UNDER_BAR, height: 1000 };
  // Up, where it would reach beyond the work area's foot.
  assert.deepEqual(followed(at(400, 500), FRAME, 3_000, tall), at(1032 - 750, 720));
});

test('beside a bar at the bottom its foot stays where it is', () => {
  const overBar = { x: 0, y: 0, width: 1280, height: 760 };
  assert.deepEqual(followed(at(752 - 530, 500), FRAME, 600, overBar), at(752 - 630, 600));
  assert.deepEqual(followed(at(752 - 630, 600), FRAME, 500, overBar), at(752 - 530, 500));
});

test('on a low screen it ends with the work area', () => {
  const low = { x: 0, y: 24, width: 1024, height: 576 };
  const { y, height } = followed(at(60, 500), FRAME, 700, low);
  assert.ok(y >= 24 && y + height <= 600);
  assert.equal(height, 576 - 16);
});
