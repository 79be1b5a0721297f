import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/desktop/until.ts';
import { approve, approveManually } from '../support/practice/approve.ts';
import { captureThemes, headline, openWindow, startProduct, windowOf, type Product } from './product.ts';

// What a person does in the window, by keyboard alone where nothing else is said.

/** Goes on with Tab until the focus is on something of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  await until(`the focus on “${name}”`, async () => {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
    });
    return focused.startsWith(name) ? true : undefined;
  });
}

async function signedIn(product: Product): Promise<Page> {
  const page = await openWindow(product);
  await tabTo(page, 'Sign in with Claude');
  await page.keyboard.press('Enter');
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org/);
  await tabTo(page, 'Done');
  await page.keyboard.press('Enter');
  return page;
}

const settingsOf = async ({ dataDir }: Product) =>
  (
    JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8')) as {
      settings: { theme: string; callbackPort: number; notifications: { loginEnds: boolean } };
    }
  ).settings;

test('a code from another machine’s browser signs in', async () => {
  await using product = await startProduct();
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  const page = await windowOf(product.app.electron);
  await product.urls.next();
  await tabTo(page, 'Paste a code instead');
  await page.keyboard.press('Enter');
  const code = await approveManually(await product.urls.next());
  await captureThemes(page, 'paste-code');
  const field = page.getByRole('textbox');
  await field.fill(code.slice(0, 20));
  await page
    .getByText(/half|missing|whole|state/i)
    .first()
    .waitFor();
  await captureThemes(page, 'paste-code-half');
  await field.fill('');
  await product.app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), code);
  await field.focus();
  await page.keyboard.press('Control+V');
  await headline(product, /^Signed in as ada@example\.org/);
});

test('a setting is saved at once, and undone by one key', async () => {
  await using product = await startProduct();
  const page = await signedIn(product);
  await tabTo(page, 'Settings');
  await page.keyboard.press('Enter');
  await captureThemes(page, 'settings');
  await page.getByRole('radio', { name: 'Dark' }).focus();
  await page.keyboard.press('Space');
  await until('the dark theme', async () =>
    (await settingsOf(product)).theme === 'dark' ? true : undefined,
  );
  assert.equal(await product.app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource), 'dark');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await until('the system’s theme', async () =>
    (await settingsOf(product)).theme === 'system' ? true : undefined,
  );
  const port = page.getByRole('textbox', { name: /port/i });
  await port.fill('80');
  await page.keyboard.press('Enter');
  assert.equal((await settingsOf(product)).callbackPort, 8765);
  await port.fill('9876');
  await page.keyboard.press('Enter');
  await until('the port', async () => ((await settingsOf(product)).callbackPort === 9876 ? true : undefined));
  // Escape leaves the settings first, then the window.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings', exact: true }).waitFor();
  // The page is gone before the key is up again.
  await page.keyboard.press('Escape').catch(() => undefined);
  await until('no window', () => (product.app.electron.windows().length === 0 ? true : undefined));

  const tray = await product.app.tray();
  await tray.clickMenuItem('Sign in again');
  const url = new URL(await product.urls.next());
  assert.equal(url.searchParams.get('redirect_uri'), 'http://localhost:9876/callback');
});

test('the access token goes to the clipboard and nowhere else', async () => {
  await using product = await startProduct();
  const page = await signedIn(product);
  await tabTo(page, 'Copy access token');
  await page.keyboard.press('Enter');
  await page.getByText(/leaves the clipboard/).waitFor();
  const copied = await product.app.electron.evaluate(({ clipboard }) => clipboard.readText());
  const file = await readFile(product.configFile, 'utf8');
  assert.equal(copied, /access_token: (\S+)/.exec(file)?.[1]);
  assert.doesNotMatch(await page.content(), /sk-ant/);
});

test('signing out is asked once more, in place, and forgets', async () => {
  await using product = await startProduct();
  const page = await signedIn(product);
  await tabTo(page, 'Sign out');
  await page.keyboard.press('Enter');
  await captureThemes(page, 'sign-out');
  await tabTo(page, 'Sign out');
  await page.keyboard.press('Enter');
  await headline(product, /^Signed out$/);
  assert.doesNotMatch(await readFile(product.configFile, 'utf8'), /sk-ant/);
});
