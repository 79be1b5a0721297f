import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { root } from '../../../scripts/set-up/paths.mjs';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { commandSchemas } from '../../../src-preload/contract.ts';

const ORIGIN = 'https://latchkey.test';
const BUILT = join(root, 'out', 'renderer');

type DrawPage = (template: string, present: { snapshot: Snapshot; now: number }) => string;

/** The built window in a real Chromium, drawn by main's part of it, with a bridge that only notes what is asked. */
export interface RendererInBrowser extends AsyncDisposable {
  readonly drawPage: DrawPage;
  readonly template: string;
  readonly states: readonly (readonly [name: string, snapshot: Snapshot])[];
  readonly now: number;
  readonly newPage: () => Promise<Page>;
  /** A page that shows a state of the gallery, once its script has taken it over; `window.asked` names the commands. */
  readonly show: (state: string, options?: { readonly clock?: boolean }) => Promise<Page>;
}

export async function openRenderer(): Promise<RendererInBrowser> {
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { middlewareMode: true, watch: null },
    appType: 'custom',
    logLevel: 'error',
  });
  const { drawPage } = (await vite.ssrLoadModule('/draw-page.tsx')) as { drawPage: DrawPage };
  const { STATES, NOW } = (await vite.ssrLoadModule('/gallery/snapshots.ts')) as {
    STATES: RendererInBrowser['states'];
    NOW: number;
  };
  const template = await readFile(join(BUILT, 'index.html'), 'utf8');
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const newPage = async () => {
    const page = await browser.newPage();
    await page.addInitScript((names) => {
      const asked: string[] = [];
      const command = (name: string) => [name, () => Promise.resolve(void asked.push(name))] as const;
      const commands = Object.fromEntries(names.map(command));
      Object.assign(window, { asked, latchkey: { commands, onSnapshot: () => () => undefined } });
    }, Object.keys(commandSchemas));
    await page.route(`${ORIGIN}/assets/**`, async (route) => {
      const path = join(BUILT, new URL(route.request().url()).pathname);
      // As app-protocol.ts does it.
      if (existsSync(path)) return route.fulfill({ path });
      const body = brotliDecompressSync(await readFile(`${path}.br`));
      return route.fulfill({ body, contentType: 'text/javascript' });
    });
    return page;
  };
  return {
    drawPage,
    template,
    states: STATES,
    now: NOW,
    newPage,
    show: async (state, { clock = false } = {}) => {
      const [, snapshot] = STATES.find(([name]) => name === state) ?? [];
      if (snapshot === undefined) throw new Error(`The gallery has no state ${state}`);
      const page = await newPage();
      if (clock) await page.clock.install();
      await open(page, drawPage(template, { snapshot, now: NOW }));
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await vite.close();
    },
  };
}

/** Shows a page as the window would, and waits until its script has drawn it and its effects have run. */
export async function open(page: Page, html: string): Promise<void> {
  await page.unroute(`${ORIGIN}/`);
  await page.route(`${ORIGIN}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(ORIGIN);
  // Escape asks main to close the window: nothing hears it before.
  await page.waitForFunction(
    () => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      return (window as unknown as { asked: readonly string[] }).asked.includes('hideWindow');
    },
    undefined,
    { polling: 50 },
  );
}
