import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestBrowser } from '../support/desktop/browser.ts';
import {
  clickNotification,
  countNotifications,
  pastNotifications,
  waitForNotification,
} from '../support/desktop/notifications.ts';
import { commandLine, listProcesses } from '../support/desktop/processes.ts';
import { captureScreen } from '../support/desktop/screen.ts';
import { findTrayItem } from '../support/desktop/tray.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { button } from './hands.ts';
import { captureThemes, headline, openWindow, startProduct, windowOf } from './product.ts';

const toldOfTray = (past: readonly string[]) => past.filter((text) => text.startsWith('Latchkey goes on'));

test('the first run welcomes in a window that opens by itself, a later one stays in the tray', async () => {
  await using first = await startProduct({ isFirstRun: true });
  const page = await windowOf(first.app.electron);
  await page.getByRole('heading', { name: 'Welcome to Latchkey' }).waitFor();
  await page.getByText('Keeps you signed in to Claude, for the programs on this computer.').waitFor();
  assert.equal(await page.locator('.rows .row').count(), 3);
  await captureThemes(page, 'welcome');
  await first.app.quit();

  const environment = { LATCHKEY_CONFIG_FILE: first.configFile, LATCHKEY_DATA_DIR: first.dataDir };
  await using second = await startProduct({ environment, isFirstRun: true });
  await headline(second, /^Signed out$/);
  assert.deepEqual(second.app.renderers, []);
  // Quitting is no closing: nobody was told that the app goes on.
  assert.deepEqual(toldOfTray(await pastNotifications()), []);
  const later = await openWindow(second);
  await later.getByRole('heading', { name: 'Not signed in' }).waitFor();
});

test('the first window that is closed is told to go on in the tray, once ever, and a click brings it back', async () => {
  await using product = await startProduct({ isFirstRun: true });
  // Nothing hears the key before the page's script has taken over.
  const close = async () => {
    const page = await windowOf(product.app.electron);
    await until('the window to close', async () => {
      if (!page.isClosed()) await page.keyboard.press('Escape').catch(() => undefined);
      return page.isClosed() ? true : undefined;
    });
  };
  await close();
  await waitForNotification();
  captureScreen('goes-on-in-tray');
  await clickNotification();
  assert.equal(toldOfTray(await pastNotifications()).length, 1);
  const page = await windowOf(product.app.electron);
  await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
  await close();
  const settings = JSON.parse(await readFile(join(product.dataDir, 'settings.json'), 'utf8')) as object;
  assert.ok('toldOfTrayAt' in settings && settings.toldOfTrayAt !== null);
  // Long enough for the first one, above.
  await headline(product, /^Signed out$/);
  assert.equal(await countNotifications(), 0);
});

test('the practice account is one press away, beside the app and apart from it', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await button(page, 'Try the practice account').click();
  await page.getByText(/Practice opens beside this/).waitFor();

  const pid = await until(
    'the practice app',
    async () => {
      const trouble = page.getByRole('heading', { name: 'Practice ended with an error' });
      if (await trouble.isVisible()) throw new Error('practice ended with an error');
      return listProcesses().find((process) => {
        const line = commandLine(process.pid);
        return (
          line.includes('--practice') &&
          line.includes('electron') &&
          !line.includes('--type=') &&
          !line.includes('start.mjs')
        );
      })?.pid;
    },
    15_000,
  );
  const tray = await findTrayItem(pid);
  try {
    await tray.clickMenuItem('Sign in with Claude');
    await approve(await product.urls.next());
    await until('a login with the practice server', async () =>
      (await tray.menuLabels()).slice(0, 2).join() ===
      'Practice: no real account,Signed in as ada@example.org'
        ? true
        : undefined,
    );
    await headline(product, /^Signed out$/);
  } finally {
    await tray.clickMenuItem('Quit Latchkey');
    await until('the end of practice', () =>
      listProcesses().some((each) => !each.zombie && commandLine(each.pid).includes('--practice'))
        ? undefined
        : true,
    );
  }
});

test('a German desktop is spoken to in German, tray, window and browser', async () => {
  await using product = await startProduct({ environment: { LANG: 'de_DE.UTF-8', LANGUAGE: 'de' } });
  const tray = await product.app.tray();
  assert.equal((await tray.menuLabels())[0], 'Nicht angemeldet');
  await tray.clickMenuItem('Mit Claude anmelden');
  const page = await windowOf(product.app.electron);
  await page.getByRole('heading', { name: 'Im Browser zustimmen' }).waitFor();
  assert.equal(await page.locator('.face').getAttribute('lang'), 'de-DE');
  await using browser = await TestBrowser.start();
  const tab = await browser.open(await product.urls.next());
  await tab.press('Approve');
  assert.match(await tab.text(), /Zustimmung erhalten/);
  assert.equal(await tab.page.locator('html').getAttribute('lang'), 'de-DE');
  await headline(product, /^Angemeldet als ada@example\.org · Bis /);
  await captureThemes(page, 'succeeded-german');
});
