import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { STATES, stateDrawings } from './icons/state-drawings.mjs';

/**
 * `node scripts/icons.mjs`: draws the icons of tray and app from assets/icons/src/*.svg, with the Chromium at
 * /usr/bin/chromium. Run it by hand after a drawing changed; what it makes is committed.
 *
 * A state's drawing is one colour, `currentColor`, on a grid of 16: even coordinates fall on whole pixels at 16, 24,
 * 32 and 48. It becomes
 *
 * - `<state>.png` for Linux, 48 pixels. Electron hands the panel one picture, the largest it has, and the panel fits
 *   it to whatever size it shows (16, 22, 24, twice that): so there is no use in more.
 * - `<state>.ico` for Windows, which picks the size for its scale. From a PNG Electron would give it the 1x size only.
 * - `<state>Template.png` and `@2x` for macOS, 16 points: black, coloured by the menu bar.
 * - the same with a mark, in practice/: practice runs beside the real app (no part of a package).
 * - a part of src-renderer/controls/state-drawings.tsx for the window.
 */
const SOURCE = join(import.meta.dirname, '..', 'assets', 'icons', 'src');
const TRAY = join(import.meta.dirname, '..', 'assets', 'tray');
const APP = join(import.meta.dirname, '..', 'assets', 'app');
const IN_WINDOW = join(import.meta.dirname, '..', 'src-renderer', 'controls', 'state-drawings.tsx');

/** Windows' small icon at 100, 125, 150, 200 and 300 %. */
const ICO_SIZES = [16, 20, 24, 32, 48];
/** For the window, which waits for it to be handed over pixel by pixel, and for the package. */
const APP_SIZES = [64, 512];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // Chromium refuses its sandbox to root; it is shown nothing but our own drawings.
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  await mkdir(join(TRAY, 'practice'), { recursive: true });
  const page = await browser.newPage();
  /** @type {Record<string, string>} */
  const svgs = {};
  for (const state of STATES) {
    const svg = await readFile(join(SOURCE, `${state}.svg`), 'utf8');
    svgs[state] = svg;
    await drawTray(page, svg, join(TRAY, state));
    await drawTray(page, marked(svg), join(TRAY, 'practice', state));
  }
  await writeFile(IN_WINDOW, await stateDrawings(svgs, IN_WINDOW));
  const app = await readFile(join(SOURCE, 'app.svg'), 'utf8');
  for (const size of APP_SIZES) {
    await writeFile(join(APP, `icon-${size}.png`), (await draw(page, app, size)).png);
  }
} finally {
  await browser.close();
}

/**
 * One drawing for every platform's tray.
 *
 * @param {import('playwright').Page} page
 * @param {string} svg
 * @param {string} path without its ending
 */
async function drawTray(page, svg, path) {
  const sizes = [];
  for (const size of ICO_SIZES) sizes.push(await draw(page, svg, size));
  await writeFile(`${path}.ico`, ico(sizes));
  await writeFile(`${path}.png`, (await draw(page, svg, 48)).png);
  await writeFile(`${path}Template.png`, (await draw(page, svg, 16, 'black')).png);
  await writeFile(`${path}Template@2x.png`, (await draw(page, svg, 32, 'black')).png);
}

/** With a dot cut out of its lower right corner and set into the gap. @param {string} svg */
function marked(svg) {
  const gap =
    '<mask id="gap"><path fill="white" d="M0 0h16v16H0Z" /><circle cx="13" cy="13" r="4.5" fill="black" /></mask>';
  return svg.replace(
    /(<svg[^>]*>)([^]*)(<\/svg>)/,
    `$1${gap}<g mask="url(#gap)">$2</g><circle cx="13" cy="13" r="3" />$3`,
  );
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
 * @param {string} [color] in place of the drawing's own
 * @returns {Promise<Drawn>}
 */
async function draw(page, svg, size, color) {
  const { png, rgba } = await page.evaluate(drawInPage, { svg, size, color });
  return { size, png: Buffer.from(png), rgba: Buffer.from(rgba) };
}

/** Runs in the page. @param {{ svg: string, size: number, color: string | undefined }} what */
async function drawInPage({ svg, size, color }) {
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  drawing.setAttribute('width', String(size));
  drawing.setAttribute('height', String(size));
  if (color !== undefined) drawing.setAttribute('color', color);

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
