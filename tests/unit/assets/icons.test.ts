import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { IconState } from '../../../src-main/words/tray-tooltip-words.ts';
import type { Picture } from '../../support/desktop/png.ts';
import { readPng } from './read-png.ts';

const ASSETS = join(import.meta.dirname, '../../../assets');
const STATES = Object.keys({
  'signed-out': true,
  'signing-in': true,
  valid: true,
  expiring: true,
  'needs-you': true,
  trouble: true,
} satisfies Record<IconState, true>);

const file = (name: string) => readFileSync(join(ASSETS, name));
const picture = (name: string) => readPng(file(name));

function pixels({ rgba }: Picture): [red: number, green: number, blue: number, alpha: number][] {
  return Array.from({ length: rgba.length / 4 }, (_, i) => [...rgba.subarray(i * 4, i * 4 + 4)] as never);
}

/** How much of what two pictures cover is covered by one of them only: 0 the same shape, 1 nothing in common. */
function shapeDifference(a: Picture, b: Picture): number {
  assert.equal(a.rgba.length, b.rgba.length);
  const others = pixels(b);
  let [apart, covered] = [0, 0];
  for (const [i, [, , , alpha]] of pixels(a).entries()) {
    const other = others[i]?.[3] ?? 0;
    apart += Math.abs(alpha - other);
    covered += Math.max(alpha, other);
  }
  return apart / covered;
}

/** A picture of `size` pixels a side out of a Windows icon file of 32-bit bitmaps. */
function pictureInIco(ico: Buffer, size: number): Picture {
  const entry = icoSizes(ico).indexOf(size) * 16 + 6;
  const header = ico.readUInt32LE(entry + 12);
  assert.equal(ico.readUInt32LE(header), 40);
  assert.equal(ico.readUInt16LE(header + 14), 32);
  const rgba = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    const row = header + 40 + (size - 1 - y) * size * 4;
    ico.copy(rgba, y * size * 4, row, row + size * 4);
  }
  for (let i = 0; i < rgba.length; i += 4) rgba.subarray(i, i + 3).reverse();
  return { width: size, height: size, rgba };
}

function icoSizes(ico: Buffer): number[] {
  assert.deepEqual([ico.readUInt16LE(0), ico.readUInt16LE(2)], [0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + i * 16));
}

/** WCAG 2.2, relative luminance. */
function luminance(red: number, green: number, blue: number): number {
  const linear = (channel: number) =>
    channel <= 0.04045 * 255 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

// Practice has them with a mark.
for (const state of [...STATES, ...STATES.map((each) => `practice/${each}`)]) {
  test(`${state} has a picture for every platform`, () => {
    const sizeOf = ({ width, height }: Picture) => [width, height];
    assert.deepEqual(sizeOf(picture(`tray/${state}.png`)), [48, 48]);
    assert.deepEqual(sizeOf(picture(`tray/${state}Template.png`)), [16, 16]);
    assert.deepEqual(sizeOf(picture(`tray/${state}Template@2x.png`)), [32, 32]);
    assert.deepEqual(icoSizes(file(`tray/${state}.ico`)), [16, 20, 24, 32, 48]);
  });

  test(`${state} has the same shape on every platform`, () => {
    const ico = file(`tray/${state}.ico`);
    assert.ok(shapeDifference(pictureInIco(ico, 48), picture(`tray/${state}.png`)) < 0.01);
    assert.ok(shapeDifference(pictureInIco(ico, 32), picture(`tray/${state}Template@2x.png`)) < 0.01);
    assert.ok(shapeDifference(pictureInIco(ico, 16), picture(`tray/${state}Template.png`)) < 0.01);
  });

  test(`${state} is black and alpha only for macOS`, () => {
    for (const name of [`${state}Template.png`, `${state}Template@2x.png`]) {
      const shown = pixels(picture(`tray/${name}`));
      assert.ok(shown.every(([red, green, blue]) => red === 0 && green === 0 && blue === 0));
      assert.ok(shown.some(([, , , alpha]) => alpha === 255));
      assert.ok(shown.some(([, , , alpha]) => alpha === 0));
    }
  });

  test(`${state} stands out from light and dark panels, 3:1 at least`, () => {
    const solid = pixels(picture(`tray/${state}.png`)).filter(([, , , alpha]) => alpha === 255);
    assert.ok(solid.length > 0);
    for (const [red, green, blue] of solid) {
      assert.ok(contrast(luminance(red, green, blue), luminance(0xf5, 0xf5, 0xf5)) >= 3);
      assert.ok(contrast(luminance(red, green, blue), luminance(0x2b, 0x2b, 0x2b)) >= 3);
    }
  });
}

test('any two states are told apart by shape alone, also at 16 pixels', () => {
  for (const [i, one] of STATES.entries()) {
    for (const other of STATES.slice(i + 1)) {
      for (const folder of ['tray', 'tray/practice']) {
        const difference = shapeDifference(
          picture(`${folder}/${one}Template.png`),
          picture(`${folder}/${other}Template.png`),
        );
        assert.ok(difference > 0.3, `${one} and ${other} differ in ${Math.round(difference * 100)} % only`);
      }
    }
  }
});

test('practice is told from the real app by its mark, in the lower right corner alone', () => {
  for (const state of STATES) {
    const [real, marked] = [picture(`tray/${state}.png`), picture(`tray/practice/${state}.png`)];
    assert.ok(shapeDifference(real, marked) > 0.05, state);
    const other = pixels(marked);
    for (const [i, [, , , alpha]] of pixels(real).entries()) {
      const [x, y] = [i % 48, Math.floor(i / 48)];
      if (x < 24 || y < 24) assert.equal(other[i]?.[3], alpha, `${state} at ${x}, ${y}`);
    }
  }
});

test('the app has its icon', () => {
  for (const size of [64, 512]) {
    const { width, height } = picture(`app/icon-${size}.png`);
    assert.deepEqual([width, height], [size, size]);
  }
});
