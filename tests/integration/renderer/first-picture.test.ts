import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, type Language } from '../../../src-main/domain/language.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { openRenderer } from './renderer.ts';

test('main draws what the window would, in every state and language', async () => {
  await using renderer = await openRenderer();
  const { drawPage, template, states, now } = renderer;
  const draw = (snapshot: Snapshot, systemLanguage: Language) =>
    drawPage(template, {
      snapshot: { ...snapshot, surroundings: { ...snapshot.surroundings, systemLanguage } },
      now,
    });
  const [, signedOut] = states.find(([name]) => name === 'signed-out') ?? [];
  assert.ok(signedOut !== undefined);
  const drawn = states.flatMap(([name, snapshot]) =>
    LANGUAGES.map((language) => ({ name: `${name} (${language})`, html: draw(snapshot, language) })),
  );
  const stale = draw(signedOut, 'de').replace('Nicht angemeldet', 'Angemeldet');
  const heard = await renderer.complaints([...drawn.map(({ html }) => html), stale]);
  assert.match(heard.at(-1)?.join() ?? '', /418/, 'a difference would be heard');
  assert.equal(heard.length, drawn.length + 1);
  assert.deepEqual(
    drawn.flatMap(({ name }, index) => (heard[index] ?? []).map((message) => `${name}: ${message}`)),
    [],
  );
});
