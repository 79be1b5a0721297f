import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { button } from './hands.ts';
import { openWindow, startProduct, type Product } from './product.ts';

const contentHeight = ({ app }: Product) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getContentBounds().height);

const pageHeight = (page: Page) =>
  page.evaluate(() => Math.ceil(document.querySelector('.face')?.getBoundingClientRect().height ?? 0));

/** Waits until the window is as high as its page, and answers how high that is. */
function fitting(product: Product, page: Page): Promise<number> {
  return until('the window to follow its page', async () => {
    const [window, wanted] = [await contentHeight(product), await pageHeight(page)];
    return window === wanted && wanted < 720 ? wanted : undefined;
  });
}

async function signedIn(product: Product): Promise<Page> {
  const page = await openWindow(product);
  await button(page, 'Sign in with Claude').click();
  await approve(await product.urls.next());
  await button(page, 'Done').click();
  await button(page, 'Refresh now').waitFor();
  return page;
}

test('the window is as high as its page, which is not scrolled, until the person wants another height', async () => {
  await using product = await startProduct();
  const page = await signedIn(product);
  const height = await fitting(product, page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight));
  await button(page, /^More about/).click();
  await button(page, 'Sign out…').click();
  assert.ok((await fitting(product, page)) > height);
  await button(page, 'Cancel').click();
  assert.equal(await fitting(product, page), height);

  await product.app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(380, 640),
  );
  await until('the height the person gave it', async () =>
    (await page.evaluate(() => window.innerHeight)) === 640 ? true : undefined,
  );
  await button(page, 'Settings').click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  assert.equal(await contentHeight(product), 640);
});

test('a page higher than the window may be is scrolled, under a bar that takes no room from it', async () => {
  await using product = await startProduct();
  const page = await signedIn(product);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await until('the highest window', async () => ((await contentHeight(product)) === 720 ? true : undefined));
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight));
  assert.equal(await page.evaluate(() => document.querySelector('.face')?.clientWidth), 380);
});

test('from the tray it opens at the pointer', async () => {
  await using product = await startProduct();
  await product.app.electron.evaluate(({ screen }) => {
    screen.getCursorScreenPoint = () => ({ x: 640, y: 8 });
  });
  await openWindow(product);
  const place = await until('the window', () =>
    product.app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getContentBounds(),
    ),
  );
  assert.ok(Math.abs(place.x + place.width / 2 - 640) <= 16, `around the pointer: ${JSON.stringify(place)}`);
  assert.ok(place.y < 120, `below the bar: ${JSON.stringify(place)}`);
});
