import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../../../src-main/domain/language.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { openRenderer } from './renderer.ts';

/** Each leaves something behind in a browser's page. */
const TAKEN_OVER_IN_ONE = 50;

/** What the page's script complains of meanwhile. */
async function complaints(page: Page, work: () => Promise<void>): Promise<string[]> {
  const heard: string[] = [];
  const hear = (error: Error) => heard.push(error.message);
  page.on('pageerror', hear);
  await work();
  page.off('pageerror', hear);
  return heard;
}

test('main draws what the window would, in every state and language', async () => {
  await using renderer = await openRenderer();
  const { drawPage, template, states, now } = renderer;
  const draw = (snapshot: Snapshot, systemLanguage: Language) =>
    drawPage(template, {
      snapshot: { ...snapshot, surroundings: { ...snapshot.surroundings, systemLanguage } },
      now,
    });
  const found: string[] = [];
  const waiting = states.flatMap(([name, snapshot]) =>
    LANGUAGES.map((language) => ({ name, snapshot, language })),
  );
  const [, signedOut] = states.find(([name]) => name === 'signed-out') ?? [];
  assert.ok(signedOut !== undefined);
  const stale = draw(signedOut, 'de').replace('Nicht angemeldet', 'Angemeldet');
  const visit = async () => {
    for (let some = waiting.splice(0, TAKEN_OVER_IN_ONE); some.length > 0;) {
      const page = await renderer.newPage();
      for (const [index, { name, snapshot, language }] of some.entries()) {
        const html = draw(snapshot, language);
        const show = index === 0 ? renderer.open : renderer.takeOver;
        const heard = await complaints(page, () => show(page, html));
        found.push(...heard.map((message) => `${name} (${language}): ${message}`));
      }
      const heard = await complaints(page, () => renderer.takeOver(page, stale));
      assert.match(heard.join(), /418/, 'a difference would be heard');
      await page.close();
      some = waiting.splice(0, TAKEN_OVER_IN_ONE);
    }
  };
  await Promise.all([visit(), visit(), visit()]);
  assert.deepEqual(found, []);
});
