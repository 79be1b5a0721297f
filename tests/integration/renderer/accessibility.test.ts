import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import { openGallery, type Look } from './gallery.ts';

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
const gallery = await openGallery();
after(() => gallery[Symbol.asyncDispose]());
const { states } = gallery;
const seen = (appearance: string) => states.map((state) => `state=${state}&${appearance}`);

test('axe finds nothing in any state of any view, in both themes', async () => {
  assert.ok(states.length > 50, `${states.length} states`);
  const found: string[] = [];
  for (const { appearance, contrast } of APPEARANCES) {
    found.push(...(await gallery.visit(seen(appearance), contrast ? WITH_CONTRAST : WITHOUT_CONTRAST)));
  }
  assert.deepEqual(found, []);
});

test('nothing is lost in a narrow window or with text at 200 %, in any language', async () => {
  const found: string[] = [];
  for (const { appearance } of APPEARANCES) {
    for (const { name, width, percent } of SIZES) {
      const lost = await gallery.visit(seen(appearance), {
        viewport: { width, height: 560 },
        script: `document.documentElement.style.setProperty('font-size', '${percent}%')`,
        findings: () => (window as unknown as { losses(): readonly string[] }).losses(),
      });
      found.push(...lost.map((each) => `${name}, ${each}`));
    }
  }
  assert.deepEqual(found, []);
});

const WITH_CONTRAST = axeFinds(true);
const WITHOUT_CONTRAST = axeFinds(false);

function axeFinds(contrast: boolean): Look {
  const options = {
    runOnly: {
      type: 'tag',
      values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    },
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: contrast } },
  };
  return {
    // What the actions at the window's bottom cover depends on how far it is scrolled: looked at whole.
    viewport: { width: 380, height: 4000 },
    script: `${axe}; window.axeOptions = ${JSON.stringify(options)};`,
    findings: async () => {
      const { axe: looker, axeOptions } = window as unknown as {
        axe: { run(options: object): Promise<AxeResults> };
        axeOptions: object;
      };
      const { violations } = await looker.run(axeOptions);
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    },
  };
}
