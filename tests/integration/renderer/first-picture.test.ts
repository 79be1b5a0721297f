import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { root } from '../../../scripts/set-up/paths.mjs';
import { LANGUAGES, type Language } from '../../../src-main/domain/language.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';

const ORIGIN = 'https://latchkey.test';
const RENDERER = join(root, 'out', 'renderer');

/** The parts of the renderer that draw in Node, as main has them. */
async function loadRenderer() {
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { middlewareMode: true, watch: null },
    appType: 'custom',
    logLevel: 'error',
  });
  const { drawPage } = (await vite.ssrLoadModule('/draw-page.tsx')) as {
    drawPage: (template: string, present: { snapshot: Snapshot; now: number }) => string;
  };
  const { STATES, NOW } = (await vite.ssrLoadModule('/gallery/snapshots.ts')) as {
    STATES: readonly (readonly [name: string, snapshot: Snapshot])[];
    NOW: number;
  };
  return { drawPage, STATES, NOW, [Symbol.asyncDispose]: () => vite.close() };
}

/** Shows a page as the window would, the bridge to main apart; answers what its script complained of. */
async function complaints(page: Page, html: string): Promise<string[]> {
  const heard: string[] = [];
  const hear = (error: Error) => heard.push(error.message);
  page.on('pageerror', hear);
  await page.unroute(`${ORIGIN}/`);
  await page.route(`${ORIGIN}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(ORIGIN);
  // Escape asks main to close the window: by then the effects have run, and with them all of the first drawing.
  await page.waitForFunction(() => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    return 'wasAsked' in window;
  });
  page.off('pageerror', hear);
  return heard;
}

test('main draws what the window would, in every state and language', async () => {
  await using renderer = await loadRenderer();
  const { drawPage, STATES, NOW } = renderer;
  const template = await readFile(join(RENDERER, 'index.html'), 'utf8');
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      const commands = { hideWindow: () => Object.assign(window, { wasAsked: true }) };
      Object.assign(window, { latchkey: { commands, onSnapshot: () => () => undefined } });
    });
    await page.route(`${ORIGIN}/assets/**`, (route) =>
      route.fulfill({ path: join(RENDERER, new URL(route.request().url()).pathname) }),
    );
    const draw = (snapshot: Snapshot, systemLanguage: Language) =>
      drawPage(template, {
        snapshot: { ...snapshot, surroundings: { ...snapshot.surroundings, systemLanguage } },
        now: NOW,
      });
    const found: string[] = [];
    for (const [name, snapshot] of STATES) {
      for (const language of LANGUAGES) {
        for (const message of await complaints(page, draw(snapshot, language))) {
          found.push(`${name} (${language}): ${message}`);
        }
      }
    }
    assert.deepEqual(found, []);
    const [, signedOut] = STATES.find(([name]) => name === 'signed-out') ?? [];
    assert.ok(signedOut !== undefined);
    const stale = draw(signedOut, 'de').replace('Nicht angemeldet', 'Angemeldet');
    assert.match((await complaints(page, stale)).join(), /418/, 'a difference would be heard');
  } finally {
    await browser.close();
  }
});
