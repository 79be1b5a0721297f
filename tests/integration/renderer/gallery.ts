import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';

const PAGES_AT_ONCE = 3;

/** The gallery in a real Chromium. */
export interface Gallery extends AsyncDisposable {
  readonly states: readonly string[];
  /** Opens every page asked for, several at a time, and has it looked at. */
  visit(queries: readonly string[], look: (page: Page, query: string) => Promise<void>): Promise<void>;
}

export async function openGallery(): Promise<Gallery> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-gallery-'));
  const configFile = fileURLToPath(new URL('../../../src-renderer/gallery/vite.config.mjs', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } });
  const address = String(pathToFileURL(join(folder, 'gallery.html')));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const states = await statesOf(browser, address).catch(async (error: unknown) => {
    // Else it goes on, and the tests never end.
    await browser.close();
    throw error;
  });
  return {
    states,
    visit: async (queries, look) => {
      const waiting = [...queries];
      const visitor = async () => {
        const page = await browser.newPage({
          viewport: { width: 380, height: 560 },
          reducedMotion: 'reduce',
        });
        await page.goto(`${address}?${queries[0] ?? ''}`);
        for (let query = waiting.pop(); query !== undefined; query = waiting.pop()) {
          await page.evaluate((each) => {
            (window as unknown as { show(query: string): void }).show(each);
          }, query);
          await page.locator('[data-ready="true"]').waitFor();
          await look(page, query);
        }
        await page.close();
      };
      await Promise.all(Array.from({ length: PAGES_AT_ONCE }, visitor));
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Their names, from a page that draws one of them: all at once would take a while. */
async function statesOf(browser: Browser, address: string): Promise<readonly string[]> {
  const page = await browser.newPage();
  await page.goto(`${address}?state=account-valid`);
  const states = await page.evaluate(() => (window as unknown as { states: readonly string[] }).states);
  await page.close();
  return states;
}
