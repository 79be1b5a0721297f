import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';

/**
 * `npm run gallery [-- NAME]`: the page of every state, and a picture of each (of those with NAME in their name) in
 * both themes: as wide as the window, as narrow as it gets, and with text at 200 %. Fails where anything is wider than
 * its window.
 */
const [filter = ''] = process.argv.slice(2);

const configFile = fileURLToPath(new URL('vite.config.mjs', import.meta.url));
const folder = fileURLToPath(new URL('../../artifacts/gallery', import.meta.url));

const SIZES = [
  { name: '', width: 380, textSize: 100 },
  { name: '.narrow', width: 320, textSize: 100 },
  { name: '.large-text', width: 380, textSize: 200 },
];
const HEIGHT = 560;

mkdirSync(folder, { recursive: true });
await build({ configFile, logLevel: 'warn' });
const address = pathToFileURL(join(folder, 'index.html'));

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // Chromium refuses its sandbox to root; it is shown nothing but our own page.
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(String(address));
  const names = await page
    .locator('[data-state]')
    .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('data-state') ?? ''));
  const chosen = names.filter((name) => name.includes(filter));
  for (const { name: size, width, textSize } of SIZES) {
    for (const name of chosen) {
      for (const theme of ['light', 'dark']) {
        await page.setViewportSize({ width, height: HEIGHT });
        await page.goto(`${String(address)}?state=${name}&theme=${theme}`);
        await page.locator('main').waitFor();
        const { isWide, height } = await page.evaluate((percent) => {
          const { documentElement: document } = window.document;
          document.style.setProperty('font-size', `${percent}%`);
          return { isWide: document.scrollWidth > window.innerWidth, height: document.scrollHeight };
        }, textSize);
        const picture = `${name}${size}.${theme}.png`;
        if (isWide) {
          process.stderr.write(`Wider than its window: ${picture}\n`);
          process.exitCode = 1;
        }
        // Not `fullPage`: that leaves what sticks to the window's bottom in the middle of the picture.
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(folder, picture) });
      }
    }
  }
  process.stdout.write(`${chosen.length} states: ${join(folder, 'index.html')} and the pictures beside it\n`);
} finally {
  await browser.close();
}
