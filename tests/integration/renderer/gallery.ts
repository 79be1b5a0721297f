import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';

/** So that a page is given back before long, and an error tells of few. */
const SHOWN_IN_A_ROW = 50;

/** How a state is looked at. */
export interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  /** A script that the page needs for it. */
  readonly script?: string;
  /** Runs in the page, for each state: what is wrong with what is shown. */
  readonly findings: () => readonly string[] | Promise<readonly string[]>;
}

/** The gallery in a real Chromium. */
export interface Gallery extends AsyncDisposable {
  readonly states: readonly string[];
  /**
   * Shows all that is asked for, one after the other in one window, and has each looked at. Without a word with the browser
   * between them, which takes longer than most looks.
   *
   * @returns what was found, each after what was shown
   */
  visit(queries: readonly string[], look: Look): Promise<readonly string[]>;
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
    visit: async (queries, { viewport, script, findings }) => {
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
      await page.goto(`${address}?${queries[0] ?? ''}`);
      if (script !== undefined) await page.evaluate(script);
      const look = await page.evaluateHandle<Pick<Look, 'findings'>>(`({ findings: ${String(findings)} })`);
      const found: string[] = [];
      for (let start = 0; start < queries.length; start += SHOWN_IN_A_ROW) {
        const some = queries.slice(start, start + SHOWN_IN_A_ROW);
        found.push(...(await page.evaluate(lookAtEach, { look, some })));
      }
      await page.close();
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Runs in the page. */
async function lookAtEach({
  look,
  some,
}: {
  readonly look: Pick<Look, 'findings'>;
  readonly some: readonly string[];
}): Promise<readonly string[]> {
  const found: string[] = [];
  for (const query of some) {
    (window as unknown as { show(query: string): void }).show(query);
    while (document.querySelector('[data-ready="true"]') === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    found.push(...(await look.findings()).map((each) => `${query}: ${each}`));
  }
  return found;
}

/** Their names, from a page that draws one of them: all at once would take a while. */
async function statesOf(browser: Browser, address: string): Promise<readonly string[]> {
  const page = await browser.newPage();
  await page.goto(`${address}?state=account-valid`);
  const states = await page.evaluate(() => (window as unknown as { states: readonly string[] }).states);
  await page.close();
  return states;
}
