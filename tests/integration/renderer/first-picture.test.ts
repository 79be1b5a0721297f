import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../../../src-main/domain/language.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { openRenderer, type RendererInBrowser } from './renderer.ts';

/** Shows a page as the window would, the bridge to main apart; answers what its script complained of. */
async function complaints({ open }: RendererInBrowser, page: Page, html: string): Promise<string[]> {
  const heard: string[] = [];
  const hear = (error: Error) => heard.push(error.message);
  page.on('pageerror', hear);
  await open(page, html);
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
  const visit = async () => {
    const page = await renderer.newPage();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { name, snapshot, language } = next;
      for (const message of await complaints(renderer, page, draw(snapshot, language))) {
        found.push(`${name} (${language}): ${message}`);
      }
    }
    return page;
  };
  const [page] = await Promise.all([visit(), visit(), visit(), visit()]);
  assert.deepEqual(found, []);
  const [, signedOut] = states.find(([name]) => name === 'signed-out') ?? [];
  assert.ok(signedOut !== undefined);
  const stale = draw(signedOut, 'de').replace('Nicht angemeldet', 'Angemeldet');
  assert.match((await complaints(renderer, page, stale)).join(), /418/, 'a difference would be heard');
});
