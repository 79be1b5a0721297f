import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { stateDrawings } from './icons/state-drawings.mjs';
import { PALETTES, STATES, trayIcon } from './icons/tray-parts.mjs';

/**
 * `node scripts/icons.mjs`: draws the icons of tray and app from assets/icons/src/, with the Chromium at
 * /usr/bin/chromium. Run it by hand after a drawing changed; what it makes is committed.
 *
 * The tray's drawings are on a grid of 16: even coordinates fall on whole pixels at 16, 24, 32 and 48. A state becomes
 *
 * - `<state>.png` for Linux, 48 pixels. Electron hands the panel one picture, the largest it has, and the panel fits
 *   it to whatever size it shows (16, 22, 24, twice that): so there is no use in more. No platform says less of its
 *   panel, so it is drawn in two tones, of which one stands out from any.
 * - `<state>-on-dark.ico` and `-on-light.ico` for Windows, which tells its taskbar's tone, and picks the size for its
 *   scale. From a PNG Electron would give it the 1x size only.
 * - `<state>Template.png` and `@2x` for macOS, 16 points: black, coloured by the menu bar.
 * - the same for practice, which runs beside the real app, in practice/ (no part of a package).
 * - a part of src-renderer/controls/state-drawings.tsx for the window.
 */
const SOURCE = join(import.meta.dirname, '..', 'assets', 'icons', 'src');
const TRAY = join(import.meta.dirname, '..', 'assets', 'tray');
const APP = join(import.meta.dirname, '..', 'assets', 'app');
const IN_WINDOW = join(import.meta.dirname, '..', 'src-renderer', 'controls', 'state-drawings.tsx');

/** Windows' small icon at 100, 125, 150, 200 and 300 %. */
const ICO_SIZES = [16, 20, 24, 32, 48];
/** Those of Linux' menus (hicolor). The window's is 64, since it waits for it to be handed over pixel by pixel. */
const APP_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // Chromium refuses its sandbox to root; it is shown nothing but our own drawings.
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  await mkdir(join(TRAY, 'practice'), { recursive: true });
  await mkdir(join(APP, 'icons'), { recursive: true });
  const page = await browser.newPage();
  const sheet = await readFile(join(SOURCE, 'tray.svg'), 'utf8');
  for (const state of STATES) {
    await drawTray(page, sheet, state, 'plate', join(TRAY, state));
    await drawTray(page, sheet, state, 'practice', join(TRAY, 'practice', state));
  }
  await writeFile(IN_WINDOW, await stateDrawings(sheet, IN_WINDOW));
  const app = await readFile(join(SOURCE, 'app.svg'), 'utf8');
  for (const size of APP_SIZES) {
    await writeFile(join(APP, 'icons', `${size}x${size}.png`), (await draw(page, app, size)).png);
  }
} finally {
  await browser.close();
}

/**
 * One state for every platform's tray.
 *
 * @param {import('playwright').Page} page
 * @param {string} sheet
 * @param {string} state
 * @param {'plate' | 'practice'} kind
 * @param {string} path without its ending
 */
async function drawTray(page, sheet, state, kind, path) {
  const icon = (/** @type {import('./icons/tray-parts.mjs').Palette} */ palette) =>
    trayIcon(sheet, state, kind, palette);
  await writeFile(`${path}.png`, (await draw(page, icon(PALETTES.anyPanel), 48)).png);
  for (const [panel, palette] of /** @type {const} */ ([
    ['dark', PALETTES.darkPanel],
    ['light', PALETTES.lightPanel],
  ])) {
    const sizes = [];
    for (const size of ICO_SIZES) sizes.push(await draw(page, icon(palette), size));
    await writeFile(`${path}-on-${panel}.ico`, ico(sizes));
  }
  await writeFile(`${path}Template.png`, (await draw(page, icon(PALETTES.template), 16)).png);
  await writeFile(`${path}Template@2x.png`, (await draw(page, icon(PALETTES.template), 32)).png);
}

/**
 * @typedef {object} Drawn
 * @property {number} size
 * @property {Buffer} png
 * @property {Buffer} rgba row by row from the top
 */

/**
 * @param {import('playwright').Page} page
 * @param {string} svg
 * @param {number} size pixels a side
 * @returns {Promise<Drawn>}
 */
async function draw(page, svg, size) {
  const { png, rgba } = await page.evaluate(drawInPage, { svg, size });
  return { size, png: Buffer.from(png), rgba: Buffer.from(rgba) };
}

/** Runs in the page. @param {{ svg: string, size: number }} what */
async function drawInPage({ svg, size }) {
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  drawing.setAttribute('width', String(size));
  drawing.setAttribute('height', String(size));

  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(drawing.outerHTML)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This Chromium draws nothing');
  context.drawImage(image, 0, 0);
  const png = await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
  return { png: [...new Uint8Array(png)], rgba: [...context.getImageData(0, 0, size, size).data] };
}

/**
 * Windows' icon file ("Icons", Microsoft 1995): a directory, then the pictures as bitmaps, which every reader of such
 * files understands at every size.
 *
 * @param {readonly Drawn[]} drawings
 */
function ico(drawings) {
  const header = Buffer.alloc(6 + 16 * drawings.length);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(drawings.length, 4);
  const bitmaps = drawings.map(bitmap);
  let offset = header.length;
  for (const [index, { size }] of drawings.entries()) {
    const { length } = bitmaps[index] ?? Buffer.alloc(0);
    const entry = 6 + 16 * index;
    header.writeUInt8(size, entry);
    header.writeUInt8(size, entry + 1);
    header.writeUInt16LE(1, entry + 4); // planes
    header.writeUInt16LE(32, entry + 6); // bits a pixel
    header.writeUInt32LE(length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += length;
  }
  return Buffer.concat([header, ...bitmaps]);
}

/** A BITMAPINFOHEADER, the rows from the bottom in BGRA, then a mask of zeros: alpha tells. @param {Drawn} drawn */
function bitmap({ size, rgba }) {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8); // colours and mask
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);

  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    rgba.copy(pixels, y * size * 4, (size - 1 - y) * size * 4, (size - y) * size * 4);
  }
  for (let i = 0; i < pixels.length; i += 4) pixels.subarray(i, i + 3).reverse();
  const maskStride = Math.ceil(size / 32) * 4;
  return Buffer.concat([header, pixels, Buffer.alloc(maskStride * size)]);
}
