import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PAGES_AT_ONCE = 3;

test('axe finds nothing in any state of any view, in both themes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-gallery-'));
  t.after(() => rm(folder, { recursive: true }));
  const configFile = fileURLToPath(new URL('../../../src-renderer/gallery/vite.config.mjs', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } });
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const address = String(pathToFileURL(join(folder, 'index.html')));

  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
  t.after(() => browser.close());
  const first = await browser.newPage();
  await first.goto(address);
  const names = await first
    .locator('[data-state]')
    .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('data-state') ?? ''));
  assert.ok(names.length > 50, `${names.length} states`);

  const states = names.flatMap((name) => ['light', 'dark'].map((theme) => `state=${name}&theme=${theme}`));
  const found: string[] = [];
  const look = async () => {
    const page = await browser.newPage({ viewport: { width: 380, height: 560 }, reducedMotion: 'reduce' });
    for (let state = states.pop(); state !== undefined; state = states.pop()) {
      await page.goto(`${address}?${state}`);
      await page.locator('main').waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults, string[]>(
        (values) =>
          (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
            runOnly: { type: 'tag', values },
          }),
        WCAG,
      );
      for (const { id, nodes } of violations) {
        found.push(`${state}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, look));
  assert.deepEqual(found, []);
});
