import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openRenderer } from './renderer.ts';

/** Seconds that are longer than the page's patience, and shorter. */
const [LONG, SHORT] = [16, 10];

test('a sign-in that succeeded turns into the account once it was looked at for a while', async () => {
  await using renderer = await openRenderer();
  const page = await renderer.show('succeeded', { clock: true });
  const dismissed = () => calls(page, 'dismissSignIn');
  await page.clock.runFor(SHORT * 1000);
  assert.equal(await dismissed(), 0);
  // A hand that moves starts it anew.
  await page.mouse.move(50, 50);
  await page.clock.runFor(SHORT * 1000);
  assert.equal(await dismissed(), 0);
  await page.clock.runFor((LONG - SHORT) * 1000);
  assert.equal(await dismissed(), 1);
});

test('a page with something to read stays until it is done with', async () => {
  await using renderer = await openRenderer();
  for (const state of ['succeeded-apart', 'succeeded-test-forbidden', 'succeeded-rescued']) {
    const page = await renderer.show(state, { clock: true });
    await page.clock.runFor(LONG * 10_000);
    assert.equal(await calls(page, 'dismissSignIn'), 0, state);
  }
});

test('a profile that could not be read is no news where the name is known, and is where it is not', async () => {
  await using renderer = await openRenderer();
  const cards = async (state: string) => {
    const page = await renderer.show(state);
    return page.getByRole('heading', { name: 'The account’s name stays unknown' }).count();
  };
  assert.equal(await cards('succeeded-name-known-without-profile'), 0);
  assert.equal(await cards('succeeded-test-scope-missing'), 1);
});

test('the first picture is there at once, another view fades in, and none where motion is to be reduced', async () => {
  await using renderer = await openRenderer();
  const fading = async (reducedMotion: 'reduce' | 'no-preference') => {
    const page = await renderer.show('account-valid');
    await page.emulateMedia({ reducedMotion });
    const animations = () =>
      page.evaluate(
        () =>
          document
            .querySelector('main')
            ?.getAnimations()
            .map((each) => each.id) ?? [],
      );
    assert.equal((await animations()).length, 0, 'the first picture');
    return page.evaluate(async () => {
      [...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Settings')?.click();
      await new Promise((resolve) => setTimeout(resolve));
      return document.querySelector('main')?.getAnimations().length;
    });
  };
  assert.equal(await fading('no-preference'), 1);
  assert.equal(await fading('reduce'), 0);
});

/** How often the page has asked main for this. */
function calls(page: Page, command: string): Promise<number> {
  return page.evaluate(
    (name) =>
      (window as unknown as { asked: readonly string[] }).asked.filter((each) => each === name).length,
    command,
  );
}
