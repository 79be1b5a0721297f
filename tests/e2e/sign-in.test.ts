import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { startApp } from '../support/desktop/app.ts';
import { TestBrowser, type BrowserTab } from '../support/desktop/browser.ts';
import { captureScreen } from '../support/desktop/screen.ts';
import type { Mood } from '../support/practice/mood.ts';
import { until } from '../support/desktop/until.ts';
import { REFUSALS } from '../support/practice/refusals.ts';
import { captureThemes, headline, openWindow, startProduct, windowOf, type Product } from './product.ts';

/** Clicks in the tray, and leaves the browser at the approval page. */
async function askForApproval(product: Product, browser: TestBrowser): Promise<BrowserTab> {
  const tray = await product.app.tray();
  await tray.clickMenuItem('Sign in with Claude');
  return browser.open(await product.urls.next());
}

async function signIn(product: Product): Promise<void> {
  await using browser = await TestBrowser.start();
  await (await askForApproval(product, browser)).press('Approve');
}

test('a click in the tray, an approval in the browser, and the credential is on disk', async () => {
  await using product = await startProduct();
  const tray = await product.app.tray();
  assert.equal(await tray.tooltip(), 'Latchkey · Signed out');
  const signedOutIcon = await tray.iconHash();
  assert.deepEqual((await tray.menuLabels()).slice(0, 4), [
    'Signed out',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
  ]);
  await tray.captureIcon('icon-signed-out');

  await using browser = await TestBrowser.start();
  const tab = await askForApproval(product, browser);
  await tab.capture('practice-page-light');
  await tab.page.emulateMedia({ colorScheme: 'dark' });
  await tab.capture('practice-page-dark');

  const page = await windowOf(product.app.electron);
  await headline(product, /^Signing in: waiting for your approval$/);
  await tray.waitForMenuItem('Cancel sign-in');
  await tray.captureIcon('icon-signing-in');
  await page.getByText(/[45]:\d\d/).waitFor();
  await captureThemes(page, 'waiting');

  await tab.press('Approve');
  assert.match(await tab.text(), /You may close this tab/);
  assert.match(tab.address(), /^http:\/\/localhost:\d+\/approved$/);
  assert.doesNotMatch((await tab.history()).join(' '), /code=/);
  await tab.page.emulateMedia({ colorScheme: 'light' });
  await tab.capture('browser-approved');

  await headline(product, /^Signed in as ada@example\.org · Until \d+ [A-Z]\w+( \d{4})?$/);
  assert.equal(await tray.tooltip(), ['Latchkey', ...(await tray.menuLabels()).slice(0, 2)].join(' · '));
  await tray.waitForMenuItem('Sign in again');
  assert.notEqual(await tray.iconHash(), signedOutIcon);
  await tray.captureIcon('icon-valid');
  await page.getByText('ada@example.org').first().waitFor();
  await captureThemes(page, 'succeeded');
  captureScreen('signed-in-screen');

  const written = await readFile(product.configFile, 'utf8');
  assert.match(
    written,
    /- id: default\n {8}client_id: 9d1c250a[\s\S]*access_token: sk-ant-oat01-[\w-]{95}\n/,
  );
  assert.equal((await stat(product.configFile)).mode & 0o777, 0o600);

  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: /^Signed in until / }).waitFor();
  await captureThemes(page, 'account');
  captureScreen('account-screen');

  // Nothing secret has reached the page.
  const [, token = ''] = /access_token: (\S+)/.exec(written) ?? [];
  assert.ok(!(await page.content()).includes(token.slice(0, 30)));
  assert.equal(await product.app.quit(), 0);
});

test('after a restart the account is there at once, and nobody was asked', async () => {
  await using first = await startProduct();
  await signIn(first);
  await headline(first, /^Signed in as/);
  await first.app.quit();
  const environment = { LATCHKEY_CONFIG_FILE: first.configFile, LATCHKEY_DATA_DIR: first.dataDir };
  await using second = await startProduct({ environment });
  await headline(second, /^Signed in as ada@example\.org/);
  assert.deepEqual(second.server.requests, []);
});

test('denying in the browser is told, with the way on', async () => {
  await using product = await startProduct();
  await using browser = await TestBrowser.start();
  const tab = await askForApproval(product, browser);
  await tab.press('Deny');
  assert.match(await tab.text(), /Not approved/);
  await tab.capture('browser-declined');
  const page = await windowOf(product.app.electron);
  await page.getByText('Declined in the browser').first().waitFor();
  await captureThemes(page, 'access-denied');
  await headline(product, /^Signed out · Declined in the browser$/);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  assert.match(await product.urls.next(), /oauth\/authorize/);
});

test('without a browser the link can be copied and opened by hand', async () => {
  await using product = await startProduct({ browser: false });
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  const page = await windowOf(product.app.electron);
  await page.getByText('The browser did not open').first().waitFor();
  await captureThemes(page, 'browser-not-opened');
  await page
    .getByRole('button', { name: /Copy link/ })
    .first()
    .click();
  const url = await product.app.electron.evaluate(({ clipboard }) => clipboard.readText());
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?.*state=/);
  await using browser = await TestBrowser.start();
  await (await browser.open(url)).press('Approve');
  await headline(product, /^Signed in as/);
});

test('cancelling in the window and in the tray ends the attempt and closes the port', async () => {
  await using product = await startProduct();
  await using browser = await TestBrowser.start();
  await askForApproval(product, browser);
  const page = await windowOf(product.app.electron);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await headline(product, /^Signed out$/);
  await captureThemes(page, 'cancelled');
  await assert.rejects(fetch('http://localhost:8765/callback'), 'nobody listens any more');

  const tray = await product.app.tray();
  await tray.clickMenuItem('Sign in with Claude');
  await tray.clickMenuItem('Cancel sign-in');
  await headline(product, /^Signed out$/);
});

test('a busy port is told, and the next one is used', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  try {
    await using product = await startProduct({ environment: { LATCHKEY_CALLBACK_PORT: String(port) } });
    await using browser = await TestBrowser.start();
    const tab = await askForApproval(product, browser);
    const page = await windowOf(product.app.electron);
    await page.getByText(`Port ${port} is in use`).first().waitFor();
    await captureThemes(page, 'port-busy');
    await tab.press('Approve');
    await headline(product, /^Signed in as/);
  } finally {
    holder.close();
  }
});

const EXCHANGE_FAILURES: readonly (readonly [string, Mood['behaviour'], string])[] = [
  ['exchange-refused', REFUSALS.invalidGrant, 'The code was not accepted'],
  ['network-challenge', REFUSALS.challenge, 'The network is in the way'],
  ['rate-limited', REFUSALS.rateLimitedFor(120), 'Claude asks to wait'],
  ['service-down', REFUSALS.down, 'No answer from Claude'],
  ['answer-lost', { kind: 'reset' }, 'Claude’s answer got lost'],
];

for (const [name, behaviour, title] of EXCHANGE_FAILURES) {
  test(`a failed exchange is told: ${name}`, async () => {
    await using product = await startProduct();
    product.server.setMood({ endpoint: 'token', behaviour });
    await signIn(product);
    const page = await windowOf(product.app.electron);
    await page.getByText(title).first().waitFor();
    await captureThemes(page, name);
    await headline(product, /^Signed out · /);
    await assert.rejects(stat(product.configFile), { code: 'ENOENT' });
  });
}

test('no network is told as such', async () => {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const environment = { LATCHKEY_TOKEN_URL: `http://127.0.0.1:${port}/v1/oauth/token` };
  await using product = await startProduct({ environment });
  await signIn(product);
  const page = await windowOf(product.app.electron);
  await page.getByText('No connection to Claude').first().waitFor();
  await captureThemes(page, 'network-down');
});

for (const [name, behaviour, title] of [
  ['test-forbidden', REFUSALS.forbidden, 'The token test was refused'],
  ['test-claude-code-only', REFUSALS.claudeCodeOnly, 'For use with Claude Code only'],
] as const) {
  test(`a refused token test is explained, and the token is kept: ${name}`, async () => {
    await using product = await startProduct();
    product.server.setMood({ endpoint: 'profile', behaviour });
    await signIn(product);
    const page = await windowOf(product.app.electron);
    await page.getByText(title).first().waitFor();
    await captureThemes(page, name);
    await headline(product, /^Signed in/);
    assert.match(await readFile(product.configFile, 'utf8'), /sk-ant-oat01-/);
  });
}

test('a config file that is not YAML stays untouched until it is mended, and nothing is lost', async () => {
  await using product = await startProduct();
  await mkdir(dirname(product.configFile), { recursive: true });
  const broken = 'providers:\n  openai:\n    api_key: "sk-unfinished\n';
  await writeFile(product.configFile, broken, { mode: 0o600 });
  await signIn(product);
  const page = await windowOf(product.app.electron);
  await page.getByText('There is a mistake in the config file').first().waitFor();
  await captureThemes(page, 'config-not-yaml');
  assert.equal(await readFile(product.configFile, 'utf8'), broken);

  await page.getByRole('button', { name: 'Done' }).click();
  await captureThemes(page, 'account-rescued');
  const mended = 'providers:\n  openai:\n    api_key: "sk-finished" # mine\n';
  await writeFile(product.configFile, mended);
  await page.getByRole('button', { name: 'Save again' }).first().click();
  await page.getByText('There is a mistake in the config file').first().waitFor({ state: 'detached' });
  const written = await readFile(product.configFile, 'utf8');
  assert.ok(written.startsWith(mended) && written.includes('sk-ant-oat01-'));
});

test('a config file that others can read becomes private, told once, and again by one button', async () => {
  await using product = await startProduct();
  await mkdir(dirname(product.configFile), { recursive: true });
  await writeFile(product.configFile, 'server:\n  port: 1\n');
  await chmod(product.configFile, 0o644);
  await signIn(product);
  // What another program has just written is left alone for a tenth of a second.
  await until('the file to be private', async () =>
    ((await stat(product.configFile)).mode & 0o777) === 0o600 ? true : undefined,
  );
  const page = await windowOf(product.app.electron);
  await page.getByText('Others could read').first().waitFor();
  await captureThemes(page, 'made-private');
  await page.getByRole('button', { name: 'Done' }).click();
  await chmod(product.configFile, 0o644);
  await page.getByText('Others can read your config file').first().waitFor();
  await captureThemes(page, 'readable-by-others');
  await page.getByRole('button', { name: 'Make private' }).click();
  await page.getByText('Others can read your config file').first().waitFor({ state: 'detached' });
  await until(
    'mode 0600',
    async () => ((await stat(product.configFile)).mode & 0o777) === 0o600 || undefined,
  );
});

test('on the stand-in runtime a real sign-in is refused, and the window says why', async (context) => {
  await using product = await startProduct({
    environment: { LATCHKEY_AUTHORIZE_URL: '', LATCHKEY_TOKEN_URL: '', LATCHKEY_API_URL: '' },
  });
  const isStandIn = await product.app.electron.evaluate(
    ({ app }) => app.getVersion() !== '' && process.versions.electron === '42.0.0',
  );
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  const page = await windowOf(product.app.electron);
  if (isStandIn) {
    await page.getByText('Only practice works here').first().waitFor();
    await captureThemes(page, 'runtime-not-vouched');
  } else {
    context.diagnostic('the pinned Electron is here: the terms are asked for instead');
    await page.getByRole('button', { name: 'I understand' }).waitFor();
    await captureThemes(page, 'terms');
  }
  assert.deepEqual(product.urls.all(), []);
});

test('the window frees its renderer when it closes, and Escape closes it', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await page.getByRole('button', { name: 'Sign in with Claude' }).waitFor();
  await captureThemes(page, 'signed-out');
  assert.deepEqual(
    product.app.renderers.map(({ sandboxed }) => sandboxed),
    [true],
  );
  const closed = page.waitForEvent('close');
  // The page is gone before Playwright hears that the key was pressed.
  await page.keyboard.press('Escape').catch(() => undefined);
  await closed;
  await until('the end of the renderer', () => product.app.renderers.length === 0 || undefined);
  assert.equal(await (await openWindow(product)).title(), 'Latchkey');
});

test('the window is painted before its script runs, and a name in it is nothing but text', async () => {
  const name = '</script><b id="injected">$& Ada';
  await using product = await startProduct();
  product.server.setMood({
    endpoint: 'profile',
    behaviour: {
      kind: 'change',
      fields: { account: { uuid: 'u', email: 'ada@example.org', display_name: name } },
    },
  });
  await signIn(product);
  await headline(product, /^Signed in/);
  await (await windowOf(product.app.electron)).close();

  const errors: string[] = [];
  const context = product.app.electron.context();
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => errors.push(message.text()));
  let asked = 0;
  context.on('request', (request) => {
    if (request.url().includes('/main-')) asked = Date.now();
  });
  const page = await openWindow(product);
  await page.getByText(name).waitFor();
  assert.equal(await page.locator('#injected').count(), 0);
  const painted = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint === undefined ? Infinity : performance.timeOrigin + paint.startTime;
  });
  assert.ok(asked > painted, `the script was asked for ${painted - asked} ms before the window was painted`);
  // React found in the page what it would have drawn itself.
  assert.deepEqual(errors, []);
  const stored = await readFile(product.configFile, 'utf8');
  const token = /access_token: (\S+)/.exec(stored)?.[1] ?? '';
  assert.match(token, /^sk-ant-oat01-/);
  assert.equal((await page.content()).includes(token), false);
});

test('starting the app once more shows the window of the one that runs', async () => {
  await using product = await startProduct();
  const opened = product.app.electron.waitForEvent('window');
  const second = startApp({
    environment: { LATCHKEY_DATA_DIR: product.dataDir, LATCHKEY_CONFIG_FILE: product.configFile },
  });
  assert.equal(await second.exited(), 0);
  await opened;
});

test('a setting that is not usable ends the start with exit code 2 and says which', async () => {
  const app = startApp({ environment: { LATCHKEY_TOKEN_URL: 'http://example.org/token' } });
  assert.equal(await app.exited(), 2);
  assert.match(app.output, /LATCHKEY_TOKEN_URL is not usable/);
});

test('the page can do nothing but draw and send the commands of the contract', async () => {
  await using product = await startProduct();
  const page = await openWindow(product);
  await page.getByRole('button', { name: 'Sign in with Claude' }).waitFor();
  const found = await page.evaluate(async (api) => {
    const outcome = async (work: () => unknown) => {
      try {
        await work();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    const bridge = (
      globalThis as unknown as {
        latchkey: { commands: Record<string, (...args: unknown[]) => Promise<void>> };
      }
    ).latchkey;
    return {
      node:
        typeof (globalThis as { require?: unknown }).require +
        typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys(bridge).sort(),
      network: await outcome(() => fetch(api)),
      eval: await outcome(async () => {
        // The debugger that brought this function may evaluate for as long as it runs without a pause.
        await new Promise((resolve) => setTimeout(resolve));
        (0, eval)('1');
      }),
      html: await outcome(() => (document.body.innerHTML = '<b>x</b>')),
      popup: window.open('https://example.org') === null,
      unknownLink: await outcome(() => bridge.commands['openLink']?.('https://example.org')),
      crashWithMessage: await outcome(() =>
        bridge.commands['reportCrash']?.({ class: 'Error: a message', frames: [] }),
      ),
      crashWithPath: await outcome(() =>
        bridge.commands['reportCrash']?.({ class: 'Error', frames: ['f /home/ada/x.js:1:1'] }),
      ),
      crashWithoutEnd: await outcome(() =>
        bridge.commands['reportCrash']?.({ class: 'Error', frames: Array(11).fill('f x.js:1:1') }),
      ),
      moreArguments: await outcome(() => bridge.commands['signIn']?.({ url: 'https://example.org' })),
    };
  }, product.server.apiUrl);
  assert.deepEqual(found, {
    node: 'undefinedundefined',
    bridge: ['commands', 'onOpenSettings', 'onSnapshot'],
    network: 'refused',
    eval: 'refused',
    html: 'refused',
    popup: true,
    unknownLink: 'refused',
    crashWithMessage: 'refused',
    crashWithPath: 'refused',
    crashWithoutEnd: 'refused',
    moreArguments: 'refused',
  });
  await page.evaluate(() => (location.href = 'https://example.org/'));
  assert.match(page.url(), /^app:\/\/latchkey\//);
  assert.deepEqual(product.server.requests, []);
});
