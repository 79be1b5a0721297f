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

const KINDS = ['tray', 'tray/practice'] as const;
const ICONS = KINDS.flatMap((kind) => STATES.map((state) => `${kind}/${state}`));
const onPanel = (icon: string, tone: 'dark' | 'light', size: number) =>
  pictureInIco(file(`${icon}-on-${tone}.ico`), size);

for (const icon of ICONS) {
  test(`${icon} has a picture for every platform`, () => {
    const sizeOf = ({ width, height }: Picture) => [width, height];
    assert.deepEqual(sizeOf(picture(`${icon}.png`)), [48, 48]);
    assert.deepEqual(sizeOf(picture(`${icon}Template.png`)), [16, 16]);
    assert.deepEqual(sizeOf(picture(`${icon}Template@2x.png`)), [32, 32]);
    for (const tone of ['dark', 'light']) {
      assert.deepEqual(icoSizes(file(`${icon}-on-${tone}.ico`)), [16, 20, 24, 32, 48]);
    }
  });

  test(`${icon} has the same shape wherever the panel's tone is known`, () => {
    for (const tone of ['dark', 'light'] as const) {
      assert.ok(shapeDifference(onPanel(icon, tone, 32), picture(`${icon}Template@2x.png`)) < 0.01);
      assert.ok(shapeDifference(onPanel(icon, tone, 16), picture(`${icon}Template.png`)) < 0.01);
    }
  });

  test(`${icon} is black and alpha only for macOS`, () => {
    for (const name of [`${icon}Template.png`, `${icon}Template@2x.png`]) {
      const shown = pixels(picture(name));
      assert.ok(shown.every(([red, green, blue]) => red === 0 && green === 0 && blue === 0));
      assert.ok(shown.some(([, , , alpha]) => alpha === 255));
      assert.ok(shown.some(([, , , alpha]) => alpha === 0));
    }
  });

  test(`${icon} stands out from a dark and from a light taskbar, 3:1 at least`, () => {
    for (const [tone, panels] of [
      ['dark', [0x00, 0x20]],
      ['light', [0xf0, 0xff]],
    ] as const) {
      const solid = pixels(onPanel(icon, tone, 16)).filter(([, , , alpha]) => alpha === 255);
      assert.ok(solid.length > 0);
      for (const [red, green, blue] of solid) {
        for (const panel of panels) {
          assert.ok(contrast(luminance(red, green, blue), luminance(panel, panel, panel)) >= 3);
        }
      }
    }
  });

  test(`${icon} stands out at 16 pixels from a panel that nobody tells of, 3:1 at least`, () => {
    for (const panel of PANELS) {
      const seen = seenOn(panel, atSixteen(picture(`${icon}.png`)));
      // From the left and from below the eye meets it at once; the badge is cut out of the other corner.
      for (let i = 4; i < 12; i += 1) {
        const row = seen.slice(i * 16, i * 16 + 16);
        const column = Array.from({ length: 16 }, (_, y) => seen[y * 16 + i] ?? 0);
        for (const line of [row, column.toReversed()]) {
          const where = line.findIndex((ratio) => ratio >= 3);
          assert.ok(where >= 0 && where <= 2, `on ${panel} at ${i} not before ${where}`);
        }
      }
      const corner = seen.filter((ratio, i) => i % 16 >= 8 && i < 8 * 16 && ratio >= 3);
      assert.ok(corner.length >= 10, `${corner.length} pixels of the corner on ${panel}`);
    }
  });
}

/** Black, white and middle grey. */
const PANELS = [0x00, 0xff, 0x80] as const;

/** As a panel of that size shows it: three by three pixels become one. */
function atSixteen({ rgba }: Picture): Picture {
  const small = Buffer.alloc(16 * 16 * 4);
  for (let y = 0; y < 16; y += 1) {
    for (let x = 0; x < 16; x += 1) {
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < 9; i += 1) {
        const from = ((y * 3 + Math.floor(i / 3)) * 48 + x * 3 + (i % 3)) * 4;
        const alpha = rgba[from + 3] ?? 0;
        for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (rgba[from + c] ?? 0) * alpha;
        sums[3] = (sums[3] ?? 0) + alpha;
      }
      const alpha = sums[3] ?? 0;
      for (let c = 0; c < 3; c += 1) {
        small[(y * 16 + x) * 4 + c] = alpha === 0 ? 0 : Math.round((sums[c] ?? 0) / alpha);
      }
      small[(y * 16 + x) * 4 + 3] = Math.round(alpha / 9);
    }
  }
  return { width: 16, height: 16, rgba: small };
}

/** The luminance of each of its pixels on a panel of that grey. */
function luminancesOn(panel: number, shown: Picture): number[] {
  return pixels(shown).map(([red, green, blue, alpha]) => {
    const over = (channel: number) => (channel * alpha + panel * (255 - alpha)) / 255;
    return luminance(over(red), over(green), over(blue));
  });
}

/** How much each of its pixels stands out from a panel of that grey. */
function seenOn(panel: number, shown: Picture): number[] {
  return luminancesOn(panel, shown).map((each) => contrast(each, luminance(panel, panel, panel)));
}

const pairs = STATES.flatMap((one, i) => STATES.slice(i + 1).map((other) => [one, other] as const));

test('any two states are told apart without their colours, at 16 pixels, on any panel', () => {
  for (const kind of KINDS) {
    for (const [one, other] of pairs) {
      const told = (name: string) => picture(`${kind}/${name}Template.png`);
      const apart = shapeDifference(told(one), told(other)) * 100;
      assert.ok(apart > 4, `${one} and ${other} differ in ${Math.round(apart)} % of their shape only`);
      for (const panel of PANELS) {
        const [a, b] = [one, other].map((name) =>
          luminancesOn(panel, atSixteen(picture(`${kind}/${name}.png`))),
        );
        const apartAt = a?.filter((each, i) => contrast(each, b?.[i] ?? 0) >= 1.5).length ?? 0;
        assert.ok(apartAt >= 10, `${one} and ${other} on ${panel}: ${apartAt} pixels`);
      }
    }
  }
});

test('a badge is cut out of the plate, and takes the place of its keyhole', () => {
  const alphaAt = (state: string, x: number, y: number) =>
    picture(`tray/${state}Template@2x.png`).rgba[(y * 32 + x) * 4 + 3];
  for (const state of STATES) {
    // Only the whole plate has a keyhole for a hole.
    assert.equal(alphaAt(state, 16, 17), state === 'valid' ? 0 : 255, state);
    // Between the plate and its badge, as in the keyhole, there is nothing. (The empty plate's keyhole is there.)
    assert.equal(alphaAt(state, 18, 13), state === 'signed-out' ? 255 : 0, state);
  }
});

test('practice is told from the real app by its corners, and by its colour', () => {
  for (const state of STATES) {
    const [real, practice] = [`tray/${state}`, `tray/practice/${state}`];
    const apart = shapeDifference(picture(`${real}Template.png`), picture(`${practice}Template.png`));
    assert.ok(apart > 0.1, `${state}: ${apart}`);
    const plates = [real, practice].map((icon) => {
      const { rgba } = picture(`${icon}.png`);
      // Low in the plate, which is whole there in every state.
      return [...rgba.subarray((41 * 48 + 24) * 4, (41 * 48 + 24) * 4 + 3)];
    });
    assert.notDeepEqual(plates[0], plates[1], state);
  }
});

test('the app has its icon', () => {
  for (const size of [16, 22, 24, 32, 48, 64, 128, 256, 512]) {
    const { width, height } = picture(`app/icons/${size}x${size}.png`);
    assert.deepEqual([width, height], [size, size]);
  }
});
