import { mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { LANGUAGES } from '../../src-main/domain/language.ts';

/** @import { Page } from 'playwright' */

/**
 * `npm run gallery [-- NAME [LANGUAGE]]`: the page of every state, and a picture of each (of those with NAME in their
 * name) in both themes and every language: as wide as the window, as narrow as it gets, and with text at 200 %, all of
 * them whole; and, where the window shows less, as it does (`.window`). Fails where something of a state is lost
 * (`losses.ts`), and where one has to be scrolled that asks nothing of anyone.
 */
const [filter = '', only] = process.argv.slice(2);
const languages = LANGUAGES.filter((language) => only === undefined || language === only);

const configFile = fileURLToPath(new URL('vite.config.mjs', import.meta.url));
const folder = fileURLToPath(new URL('../../artifacts/gallery', import.meta.url));

const SIZES = [
  { name: '', width: 380, textSize: 100 },
  { name: '.narrow', width: 320, textSize: 100 },
  { name: '.large-text', width: 380, textSize: 200 },
];
const HEIGHT = 560;
/** The least and the most that the window follows its content to (`window-place.ts`). */
const WINDOW = { lowest: 400, highest: 720 };

mkdirSync(folder, { recursive: true });
await build({ configFile, logLevel: 'warn' });
const address = pathToFileURL(join(folder, 'gallery.html'));

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // Chromium refuses its sandbox to root; it is shown nothing but our own page.
  chromiumSandbox: process.getuid?.() !== 0,
  // They lie over the page, as in the app.
  ignoreDefaultArgs: ['--hide-scrollbars'],
});
try {
  const names = await stateNames();
  const chosen = names.filter((name) => name.includes(filter));
  const shots = chosen.flatMap((name) =>
    languages.flatMap((language) => ['light', 'dark'].map((theme) => ({ name, theme, language }))),
  );
  const photographers = cpus().map(async () => {
    const page = await newPage();
    for (let shot = shots.pop(); shot !== undefined; shot = shots.pop()) await shoot(page, shot);
  });
  await Promise.all(photographers);
  process.stdout.write(
    `${chosen.length} states: ${join(folder, 'gallery.html')} and the pictures beside it\n`,
  );
} finally {
  await browser.close();
}

/** A window of its own: only then each of several pages has the focus. */
async function newPage() {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  return context.newPage();
}

async function stateNames() {
  const page = await newPage();
  // All of them at once would take a while to draw.
  await page.goto(`${address}?state=account-valid`);
  return page.evaluate(() => window.states);
}

/**
 * One state in one theme and language, at every size.
 *
 * @param {Page} page
 * @param {{ name: string, theme: string, language: string }} shot
 */
async function shoot(page, { name, theme, language }) {
  await page.goto(`${String(address)}?state=${name}&theme=${theme}&language=${language}`);
  await page.locator('[data-ready="true"]').waitFor();
  for (const { name: size, width, textSize } of SIZES) {
    await page.setViewportSize({ width, height: HEIGHT });
    const { lost, height, fits } = await page.evaluate((percent) => {
      const { documentElement: document } = window.document;
      document.style.setProperty('font-size', `${percent}%`);
      const face = document.querySelector('.face')?.getBoundingClientRect();
      const isToFit = document.querySelector('[data-fits="true"]') !== null;
      return { lost: window.losses(), height: Math.ceil(face?.height ?? 0), fits: isToFit };
    }, textSize);
    const picture = `${name}${size}.${language}.${theme}.png`;
    if (lost.length > 0) {
      process.stderr.write(`${picture}:\n  ${lost.join('\n  ')}\n`);
      process.exitCode = 1;
    }
    const ofWindow = join(folder, `${name}.window.${language}.${theme}.png`);
    // One of an earlier run would tell of a window that nobody has any more.
    if (size === '') rmSync(ofWindow, { force: true });
    if (size === '' && height > WINDOW.highest) {
      if (fits) {
        process.stderr.write(`${picture}: has to be scrolled, at ${height} px\n`);
        process.exitCode = 1;
      }
      await page.setViewportSize({ width, height: WINDOW.highest });
      await page.evaluate(() => {
        const { documentElement: document } = window.document;
        const shown = window.document.querySelector('.face:has(.settings-head) [data-shown]');
        const { top = 0, height = 0 } = shown?.getBoundingClientRect() ?? {};
        // As little as shows it: what stands at the top already is not scrolled away.
        if (top + height > document.clientHeight - 48) {
          shown?.scrollIntoView({ block: shown.matches('summary, .card') ? 'start' : 'center' });
        }
      });
      await page.screenshot({ path: ofWindow });
    }
    // Not `fullPage`: that leaves what sticks to the window's bottom in the middle of the picture.
    await page.setViewportSize({ width, height: Math.max(height, WINDOW.lowest) });
    await page.screenshot({ path: join(folder, picture) });
  }
}
