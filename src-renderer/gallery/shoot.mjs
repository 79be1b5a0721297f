// Pictures of every state: node src-renderer/gallery/shoot.mjs DIRECTORY [width] [text size in %] [name filter]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const [directory = 'artifacts/gallery', width = '380', textSize = '100', filter = ''] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });

const configFile = fileURLToPath(new URL('vite.config.mjs', import.meta.url));
const server = await createServer({ configFile, logLevel: 'error', server: { port: 0 } });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage({
  viewport: { width: Number(width), height: 560 },
  reducedMotion: 'reduce',
});
const { STATES } = await server.ssrLoadModule('/snapshots.ts');
for (const [name] of STATES) {
  if (!name.includes(filter)) continue;
  for (const theme of ['light', 'dark']) {
    await page.goto(`${address}?state=${name}&theme=${theme}`);
    await page.locator('main').waitFor();
    await page.evaluate(
      (size) => document.documentElement.style.setProperty('font-size', `${size}%`),
      textSize,
    );
    const { wide, tall } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth > window.innerWidth,
      tall: document.documentElement.scrollHeight,
    }));
    if (wide) console.log(`${name}: wider than the window`);
    if (tall > 560 && textSize === '100') console.log(`${name}: ${tall} px tall`);
    await page.screenshot({ path: join(directory, `${name}.${theme}.png`), fullPage: textSize !== '100' });
  }
}
await browser.close();
await server.close();
