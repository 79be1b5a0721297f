import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { openGallery } from './gallery.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Contrast differs by theme, names and their languages by language: in no theme is it looked at twice. */
const APPEARANCES = [
  { appearance: 'theme=light&language=en', contrast: true },
  { appearance: 'theme=dark&language=de', contrast: true },
  { appearance: 'theme=light&language=ja', contrast: false },
];

const SIZES = [
  { name: 'a narrow window', width: 320, percent: 100 },
  { name: 'text at 200 %', width: 380, percent: 200 },
  { name: 'the window as it opens', width: 380, percent: 100 },
];

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations: string[] = [];
const losses: string[] = [];
let states: readonly string[] = [];

// Each state is shown once for both.
before(async () => {
  await using gallery = await openGallery();
  ({ states } = gallery);
  for (const { appearance, contrast } of APPEARANCES) {
    const queries = states.map((state) => `state=${state}&${appearance}`);
    await gallery.visit(queries, async (page, query) => {
      violations.push(...(await violationsOf(page, contrast)).map((each) => `${query}: ${each}`));
      losses.push(...(await lossesOf(page)).map((each) => `${query}, ${each}`));
    });
  }
});

test('axe finds nothing in any state of any view, in both themes', () => {
  assert.ok(states.length > 50, `${states.length} states`);
  assert.deepEqual(violations, []);
});

test('nothing is lost in a narrow window or with text at 200 %, in any language', () => {
  assert.deepEqual(losses, []);
});

async function violationsOf(page: Page, contrast: boolean): Promise<string[]> {
  // What the actions at the window's bottom cover depends on how far it is scrolled: looked at whole.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 380, height: Math.max(560, height) });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  // Brought over is what was found only: all that axe has looked at takes longer than looking.
  const found = await page.evaluate(
    async ([values, enabled]) => {
      const { axe: looker } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
      const results = await looker.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled } },
      });
      return results.violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) }));
    },
    [WCAG, contrast] as const,
  );
  return found.map(({ id, html }) => `${id}: ${html.map((each) => each.slice(0, 120)).join(' | ')}`);
}

async function lossesOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { name, width, percent } of SIZES) {
    await page.setViewportSize({ width, height: 560 });
    const lost = await page.evaluate((size) => {
      document.documentElement.style.setProperty('font-size', `${size}%`);
      return (window as unknown as { losses(): readonly string[] }).losses();
    }, percent);
    found.push(...lost.map((each) => `${name}: ${each}`));
  }
  return found;
}
