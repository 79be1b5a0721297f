import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/desktop/until.ts';
import { approve, approveManually } from '../support/practice/approve.ts';
import { GRACE } from '../support/practice/people.ts';
import { REFUSALS } from '../support/practice/refusals.ts';
import { button, details, HANDS, type Hand } from './hands.ts';
import {
  captureThemes,
  clipboardOf,
  headline,
  openWindow,
  startProduct,
  toBeOldEnough,
  windowOf,
  type Product,
} from './product.ts';

// Everything that the window offers, pressed by mouse and then by keyboard alone. Not here: the terms of Anthropic
// itself, which nobody is asked for on a stand-in runtime.

async function signIn(product: Product, page: Page, hand: Hand): Promise<void> {
  await hand.press(button(page, 'Sign in with Claude'));
  await approve(await product.urls.next());
  await hand.press(button(page, 'Done'));
  await button(page, 'Refresh now').waitFor();
}

const tokenOf = async ({ configFile }: Product) =>
  /access_token: (\S+)/.exec(await readFile(configFile, 'utf8'))?.[1];

interface StoredSettings {
  readonly theme: string;
  readonly language: string;
  readonly callbackPort: number;
  readonly tokenHost: string;
  readonly keychain: boolean;
  readonly notifications: Readonly<Record<string, boolean>>;
}

async function settingsOf({ dataDir }: Product): Promise<StoredSettings> {
  const text = await readFile(join(dataDir, 'settings.json'), 'utf8');
  return (JSON.parse(text) as { settings: StoredSettings }).settings;
}

async function saved(product: Product, what: string, isSo: (settings: StoredSettings) => boolean) {
  await until(what, async () => (isSo(await settingsOf(product)) ? true : undefined));
}

for (const hand of HANDS) {
  test(`by ${hand.name}: a sign-in is cancelled, its link copied and opened again, a code pasted`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await hand.press(button(page, 'Sign in with Claude'));
    const first = await product.urls.next();
    await hand.press(button(page, 'Cancel'));
    await page.getByRole('heading', { name: 'Sign-in cancelled' }).waitFor();

    await hand.press(button(page, 'Sign in with Claude'));
    const second = await product.urls.next();
    assert.notEqual(second, first);
    await hand.press(button(page, 'Copy link'));
    await page.getByText('Link copied').waitFor();
    assert.equal(await clipboardOf(product), second);
    await hand.press(button(page, 'Open browser again'));
    assert.equal(await product.urls.next(), second);

    await hand.press(button(page, 'Paste a code instead'));
    const code = await approveManually(await product.urls.next());
    const field = page.getByRole('textbox');
    await hand.write(field, code.slice(0, 20));
    await page.getByText(/This is only the first half/).waitFor();
    await captureThemes(page, `paste-code-${hand.name}`);
    await hand.write(field, code);
    await hand.press(button(page, 'Continue'));
    await headline(product, /^Signed in as ada@example\.org/);
    await hand.press(button(page, 'Done'));
  });

  test(`by ${hand.name}: an account is renewed, looked into, copied from and signed out`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await hand.press(details(page, 'Test setup'));
    await page.getByText(/Not Anthropic’s own addresses/).waitFor();
    await hand.press(details(page, 'Test setup'));
    await signIn(product, page, hand);

    for (let times = 0; times < 2; times++) {
      product.server.setMood({ endpoint: 'token', behaviour: REFUSALS.down, times: 1 });
      await toBeOldEnough(product);
      await hand.press(button(page, 'Refresh now'));
      const trouble = page.getByRole('heading', { name: 'No answer from Claude' });
      await trouble.waitFor();
      const before = await tokenOf(product);
      await hand.press(button(page, 'Refresh now'));
      await trouble.waitFor({ state: 'detached' });
      assert.notEqual(await tokenOf(product), before);
    }
    const lines = page.getByRole('listitem');
    await hand.press(button(page, 'Show all 5'));
    assert.equal(await lines.count(), 5);
    await hand.press(button(page, 'Show less'));
    assert.equal(await lines.count(), 4);

    const menu = button(page, 'More about ada@example.org');
    await hand.press(menu);
    await hand.press(button(page, 'Show file…'));
    // Without a file manager on the bus Electron has its folder opened, from within it.
    assert.equal(await product.urls.next(), '.');

    await hand.press(button(page, 'Copy access token'));
    await page.getByText(/Cleared in a minute/).waitFor();
    assert.equal(await clipboardOf(product), await tokenOf(product));
    assert.doesNotMatch(await page.content(), /sk-ant/);

    await hand.press(menu);
    // Puts the menu away, and not the window with it.
    await page.keyboard.press('Escape');
    await button(page, 'Sign out…').waitFor({ state: 'hidden' });
    await hand.press(menu);
    await hand.press(button(page, 'Sign out…'));
    await hand.press(button(page, 'Cancel'));
    assert.equal(await menu.evaluate((element) => element === document.activeElement), true);
    await hand.press(menu);
    await hand.press(button(page, 'Sign out…'));
    await captureThemes(page, `sign-out-${hand.name}`);
    product.server.setMood({ endpoint: 'revocation', behaviour: REFUSALS.malformed, times: 1 });
    await hand.press(page.locator('.sign-out-question').getByRole('button', { name: 'Sign out' }));
    await headline(product, /^Signed out$/);
    assert.doesNotMatch(await readFile(product.configFile, 'utf8'), /sk-ant/);
    await page.getByRole('heading', { name: 'Signed out on this computer: ada@example.org' }).waitFor();
    await page.getByText('Claude refused to revoke the sign-in (status 400).').waitFor();
    await captureThemes(page, `signed-out-${hand.name}`);
    await hand.press(button(page, 'Revoke it at Claude'));
    assert.equal(await product.urls.next(), 'https://claude.ai/settings/claude-code');
    await hand.press(button(page, 'Close'));
    await page.getByText('Claude refused').waitFor({ state: 'detached' });
  });

  test(`by ${hand.name}: every setting is saved at once, and undone`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await hand.press(button(page, 'Settings'));

    const switches = [
      ['When I have to do something', 'needsYou'],
      ['3 days and 1 day before I must sign in again', 'loginEnds'],
      ['When a sign-in is done', 'signedIn'],
    ] as const;
    for (const [name, key] of switches) {
      await hand.press(page.getByRole('switch', { name }));
      await saved(product, name, ({ notifications }) => notifications[key] === false);
    }
    await hand.press(details(page, 'Advanced'));
    await hand.press(page.getByRole('switch', { name: /keychain/ }));
    await saved(product, 'no keychain', ({ keychain }) => !keychain);
    await hand.press(page.getByRole('switch', { name: 'Open when I start my computer' }));
    const entry = join(String(process.env['XDG_CONFIG_HOME']), 'autostart', 'latchkey.desktop');
    await until('the autostart entry', () => stat(entry));
    await hand.press(button(page, 'Undo'));
    await until('no autostart entry', () =>
      stat(entry).then(
        () => undefined,
        () => true,
      ),
    );
    await page.getByText('Undone.').waitFor();

    await hand.choose(page.getByRole('radio', { name: 'console.anthropic.com' }));
    await saved(product, 'the token host', ({ tokenHost }) => tokenHost === 'console.anthropic.com');
    await hand.choose(page.getByRole('radio', { name: 'Dark' }));
    await saved(product, 'the dark theme', ({ theme }) => theme === 'dark');
    await until('the dark window', async () =>
      (await product.app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)) === 'dark'
        ? true
        : undefined,
    );
    await captureThemes(page, `settings-${hand.name}`);
    await hand.press(button(page, 'Undo'));
    await saved(product, 'the theme of before', ({ theme }) => theme !== 'dark');

    const port = page.getByRole('textbox', { name: 'Callback port' });
    await hand.write(port, '80');
    await page.keyboard.press('Enter');
    await page.getByText(/Ports below 1024/).waitFor();
    assert.equal((await settingsOf(product)).callbackPort, 8765);
    await hand.write(port, '9876');
    await page.keyboard.press('Enter');
    await saved(product, 'the port', ({ callbackPort }) => callbackPort === 9876);

    await hand.select(page.getByRole('combobox', { name: 'Language' }), 'Deutsch');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await saved(product, 'German', ({ language }) => language === 'de');
    const tray = await product.app.tray();
    await tray.waitForMenuItem('Latchkey öffnen');
    await captureThemes(page, `settings-german-${hand.name}`);
    await hand.press(button(page, 'Rückgängig'));
    await page.getByRole('heading', { name: 'Settings' }).waitFor();

    await hand.press(button(page, 'Back'));
    await button(page, 'Settings').waitFor();
    await tray.clickMenuItem('Sign in with Claude');
    const url = new URL(await product.urls.next());
    assert.equal(url.searchParams.get('redirect_uri'), 'http://localhost:9876/callback');
  });

  test(`by ${hand.name}: an account is added beside the first, unfolded, and signed out`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await signIn(product, page, hand);
    await hand.press(button(page, 'More about ada@example.org'));
    await hand.press(button(page, 'Add account'));
    await approve(await product.urls.next());
    // The browser was still hers.
    await page
      .getByRole('main')
      .getByText(/signed in here already/)
      .waitFor();
    await hand.press(button(page, 'Done'));
    assert.equal(await page.locator('.account-fold').count(), 0);
    await hand.press(button(page, 'Settings'));
    await hand.press(button(page, 'Add another account'));
    await approve(await product.urls.next(), { person: GRACE.uuid });
    await page.getByText('Signed in as grace@example.org').first().waitFor();
    await hand.press(button(page, 'Done'));
    assert.match(await readFile(product.configFile, 'utf8'), /- id: default\n[^]*- id: account-2\n/);

    const [first, second] = [page.locator('.account-fold').first(), page.locator('.account-fold').last()];
    // The one that has just come is what the person wants to see.
    assert.equal(await second.getAttribute('open'), '');
    assert.equal(await first.getAttribute('open'), null);
    await hand.press(first.locator('summary').first());
    await until('the second to fold', async () =>
      (await second.getAttribute('open')) === null ? true : undefined,
    );
    await hand.press(second.locator('summary').first());
    await until('the first to fold', async () =>
      (await first.getAttribute('open')) === null ? true : undefined,
    );
    // What was unfolded is in sight, heading and all.
    await until('its heading in sight', async () =>
      ((await second.locator('summary').first().boundingBox())?.y ?? -1) >= 0 ? true : undefined,
    );
    await captureThemes(page, `two-accounts-${hand.name}`);
    await hand.press(second.getByRole('button', { name: /^More about/ }));
    await hand.press(second.getByRole('button', { name: 'Sign out…' }));
    await hand.press(page.locator('.sign-out-question').getByRole('button', { name: 'Sign out' }));
    await until('one account', async () =>
      (await page.locator('.account-fold').count()) === 0 ? true : undefined,
    );
    const left = await readFile(product.configFile, 'utf8');
    assert.match(left, /- id: default\n/);
    assert.doesNotMatch(left, /account-2/);
  });

  test(`by ${hand.name}: each trouble is looked into and mended by its one button`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    product.server.setMood({ endpoint: 'token', behaviour: REFUSALS.invalidGrant, times: 2 });
    await hand.press(button(page, 'Sign in with Claude'));
    await approve(await product.urls.next());
    await page.getByRole('heading', { name: 'The code was not accepted' }).waitFor();
    await hand.press(details(page, 'Details'));
    await hand.press(button(page, 'Copy diagnostics'));
    await page.getByText('No secrets in it').waitFor();
    const diagnostics = await clipboardOf(product);
    assert.match(diagnostics, /"grant-refused"/);
    assert.doesNotMatch(diagnostics, /sk-ant|ada@|code=|state=/);
    await hand.press(button(page, 'Close'));
    await hand.press(button(page, 'Sign in with Claude'));
    await approve(await product.urls.next());
    await mkdir(dirname(product.configFile), { recursive: true });
    await writeFile(product.configFile, 'providers: [unfinished\n', { mode: 0o600 });
    await hand.press(button(page, 'Sign in again'));
    await approve(await product.urls.next());
    await hand.press(button(page, 'Done'));
    await page.getByRole('heading', { name: 'There is a mistake in the config file' }).waitFor();
    await hand.press(button(page, 'Save again'));
    await page
      .getByText(/^Tried just now\. Still in the way: there is a mistake in the config file/)
      .waitFor();
    await captureThemes(page, `saved-again-in-vain-${hand.name}`);
    // Once mended it is noticed, whoever presses what.
    await writeFile(product.configFile, '# mended\n');
    await until('the login in the mended file', () => tokenOf(product));

    const whole = await readFile(product.configFile, 'utf8');
    await writeFile(product.configFile, 'providers:\n  anthropic:\n    type: anthropic\n');
    await hand.press(button(page, 'Put it back'));
    await button(page, 'Refresh now').waitFor();
    assert.match(await readFile(product.configFile, 'utf8'), /sk-ant-oat01-/);

    await chmod(product.configFile, 0o644);
    await writeFile(product.configFile, whole);
    await hand.press(button(page, 'Make private'));
    await page.getByText('Others can read your config file').waitFor({ state: 'detached' });
    assert.equal((await stat(product.configFile)).mode & 0o777, 0o600);
  });
}

for (const hand of HANDS) {
  test(`by ${hand.name}: a problem is reported from the settings, which the tray opens as well`, async () => {
    await using product = await startProduct();
    const tray = await product.app.tray();
    await tray.clickMenuItem('Settings…');
    const page = await windowOf(product.app.electron);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await hand.press(button(page, 'Report a problem'));
    await page.getByText('paste it into your report').waitFor();
    assert.match(await clipboardOf(product), /"surroundings"/);
    await hand.press(details(page, 'Licences'));
    await page.getByText('Permission is hereby granted').waitFor();
    await hand.press(button(page, 'Back'));
    await button(page, 'Sign in with Claude').waitFor();
    await tray.clickMenuItem('Settings…');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });
}

test('a token is copied from the tray, and leaves the clipboard again', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await button(page, 'Sign in with Claude').click();
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org · Until /);
  await (await product.app.tray()).clickMenuItem('Copy access token');
  const token = await tokenOf(product);
  await until('the token on the clipboard', async () =>
    (await clipboardOf(product)) === token ? true : undefined,
  );
  await (await product.app.tray()).clickMenuItem('Quit Latchkey');
  assert.equal(await product.app.exited(), 0);
});

test('Escape leaves the settings, then the window', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await button(page, 'Settings').click();
  await page.keyboard.press('Escape');
  await button(page, 'Settings').waitFor();
  // The page is gone before the key is up again.
  await page.keyboard.press('Escape').catch(() => undefined);
  await until('no window', () => (product.app.electron.windows().length === 0 ? true : undefined));
});

test('a double click on what begins a sign-in does not cancel it', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  const place = (await button(page, 'Sign in with Claude').boundingBox()) ?? assert.fail();
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  await button(page, 'Cancel').waitFor();
  // It may have come under the pointer.
  const cancel = (await button(page, 'Cancel').boundingBox()) ?? assert.fail();
  await page.mouse.move(cancel.x + cancel.width / 2, cancel.y + cancel.height / 2);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await approve(await product.urls.next());
  await page.getByRole('heading', { name: /^You’re set until / }).waitFor();
});

test('a code that is pasted whole needs no further press', async () => {
  await using product = await startProduct();
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  const page = await windowOf(product.app.electron);
  await product.urls.next();
  await button(page, 'Paste a code instead').click();
  const code = await approveManually(await product.urls.next());
  await product.app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), code);
  await page.getByRole('textbox').focus();
  await page.keyboard.press('Control+V');
  await headline(product, /^Signed in as ada@example\.org/);
});

test('Paste takes the code from the clipboard, which the page does not see', async () => {
  await using product = await startProduct();
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  const page = await windowOf(product.app.electron);
  await product.urls.next();
  await button(page, 'Paste a code instead').click();
  const code = await approveManually(await product.urls.next());
  const copy = (text: string) =>
    product.app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await copy('');
  await button(page, 'Paste').click();
  await page.getByText(/There is no text on the clipboard/).waitFor();
  await copy('a letter to somebody else');
  await button(page, 'Paste').click();
  await page.getByText(/This does not look like the code/).waitFor();
  assert.ok(!(await page.content()).includes('somebody else'));
  assert.equal(await page.getByRole('textbox').inputValue(), '');
  // The permission itself stays refused.
  await assert.rejects(page.evaluate(() => navigator.clipboard.readText()));
  await captureThemes(page, 'paste-refused');
  await copy(code);
  await button(page, 'Paste').click();
  await headline(product, /^Signed in as ada@example\.org/);
  await page.getByRole('heading', { name: /^You’re set until / }).waitFor();
});

test('a copied token leaves the clipboard when the app quits', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await button(page, 'Sign in with Claude').click();
  await approve(await product.urls.next());
  await button(page, 'Done').click();
  await button(page, 'Copy access token').click();
  await page.getByText(/Cleared in a minute/).waitFor();
  const cleared = product.app.electron.evaluate(
    ({ app, clipboard }) =>
      new Promise<string>((resolve) => app.once('will-quit', () => resolve(clipboard.readText()))),
  );
  const tray = await product.app.tray();
  await tray.clickMenuItem('Quit Latchkey');
  assert.equal(await cleared, '');
  assert.equal(await product.app.exited(), 0);
});
