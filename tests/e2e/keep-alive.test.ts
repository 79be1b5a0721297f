import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../scripts/set-up/paths.mjs';
import {
  clickNotification,
  countNotifications,
  pastNotifications,
  waitForNotification,
} from '../support/desktop/notifications.ts';
import { captureScreen } from '../support/desktop/screen.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { REFUSALS } from '../support/practice/refusals.ts';
import {
  captureThemes,
  headline,
  openWindow,
  recordOf,
  startProduct,
  toBeOldEnough,
  windowOf,
  type Product,
} from './product.ts';

/** Signs in by the tray, with a person who approves at once. */
async function signIn(product: Product): Promise<void> {
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org/);
}

const accessToken = async ({ configFile }: Product) =>
  /access_token: (\S+)/.exec(await readFile(configFile, 'utf8'))?.[1];

/** Waits until another access token than this one is in the config file. */
async function renewed(product: Product, old: string | undefined): Promise<string> {
  return until('another access token in the config file', async () => {
    const token = await accessToken(product);
    return token !== undefined && token !== old ? token : undefined;
  });
}

async function latchkey(product: Product, ...args: readonly string[]) {
  const { server, configFile, dataDir } = product;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'out', 'terminal', 'latchkey.cjs'), ...args],
    {
      env: {
        ...process.env,
        LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
        LATCHKEY_TOKEN_URL: server.tokenUrl,
        LATCHKEY_API_URL: server.apiUrl,
        LATCHKEY_CONFIG_FILE: configFile,
        LATCHKEY_DATA_DIR: dataDir,
      },
    },
  );
  return stdout.trim();
}

const history = async ({ dataDir }: Product) => (await recordOf('default', dataDir))?.history ?? [];

test('a token is renewed by itself, again and again, with no window open', async () => {
  await using product = await startProduct({ accessTokenSeconds: 5 });
  await signIn(product);
  await (await openWindow(product)).close();
  let token = await accessToken(product);
  for (let times = 0; times < 3; times++) token = await renewed(product, token);
  await headline(product, /^Signed in as ada@example\.org · Until /);
  assert.equal(await countNotifications(), 0);
});

test('Refresh now in the tray renews, and says so where no window does', async () => {
  await using product = await startProduct();
  await signIn(product);
  await (await openWindow(product)).close();
  const tray = await product.app.tray();
  assert.deepEqual((await tray.menuLabels()).filter((label) => label !== '-').slice(2), [
    'Open Latchkey',
    'Copy access token',
    'Refresh now',
    'Sign in again',
    'Settings…',
    'Start at login',
    'Quit Latchkey',
  ]);
  await toBeOldEnough(product);
  const before = await accessToken(product);
  await tray.clickMenuItem('Refresh now');
  await renewed(product, before);
  await waitForNotification();
  captureScreen('notification-renewed');
  await clickNotification();
  await windowOf(product.app.electron);
  assert.match((await pastNotifications())[0] ?? '', /^Token renewed\n/);
});

test('a login that the service ended asks for a person once, and a click on it signs in again', async () => {
  await using product = await startProduct();
  await signIn(product);
  await (await openWindow(product)).close();
  product.server.setMood({ endpoint: 'token', behaviour: REFUSALS.invalidGrant, times: 1 });
  const tray = await product.app.tray();
  await toBeOldEnough(product);
  await tray.clickMenuItem('Refresh now');
  await headline(product, /^Sign in again as ada@example\.org/);
  await waitForNotification();
  captureScreen('notification-needs-sign-in');
  const page = await openWindow(product);
  await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
  await captureThemes(page, 'login-ended');
  await page.close();

  await clickNotification();
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org/);
  const told = (await pastNotifications()).filter((text) => text.startsWith('Sign in again as'));
  assert.equal(told.length, 1);
});

test('an entry that another program takes out is told, left alone, and put back by one click', async () => {
  await using product = await startProduct();
  await signIn(product);
  const before = await readFile(product.configFile, 'utf8');
  const emptied = '# rewritten by another program\nproviders:\n  anthropic:\n    type: anthropic\n';
  await writeFile(product.configFile, emptied);
  // The page that says "signed in" gives way by itself.
  const page = await windowOf(product.app.electron);
  await page
    .getByRole('heading', { name: 'Your sign-in was taken out of the config file' })
    .waitFor({ timeout: 2_000 });
  await captureThemes(page, 'entry-removed');
  assert.equal(await readFile(product.configFile, 'utf8'), emptied);
  await page.getByRole('button', { name: 'Put it back' }).click();
  await headline(product, /^Signed in as ada@example\.org · Until [^·]*$/);
  const after = await readFile(product.configFile, 'utf8');
  assert.ok(after.startsWith('# rewritten by another program\n'));
  assert.equal(/access_token: (\S+)/.exec(after)?.[1], /access_token: (\S+)/.exec(before)?.[1]);
});

test('the terminal shares file, lock and history with the running app', async () => {
  await using product = await startProduct();
  await signIn(product);
  const status = JSON.parse(await latchkey(product, 'status', '--json')) as { accounts: { email: string }[] };
  assert.equal(status.accounts[0]?.email, 'ada@example.org');
  assert.equal(await latchkey(product, 'token'), await accessToken(product));
  await toBeOldEnough(product);
  await latchkey(product, 'refresh');
  await until('the app to know of it', async () =>
    (await history(product)).some(({ kind }) => kind === 'refreshed') ? true : undefined,
  );
  assert.ok(!(await history(product)).some(({ kind }) => kind === 'adopted'));
  await latchkey(product, 'logout');
  await headline(product, /^Signed out$/);
  assert.doesNotMatch(await readFile(product.configFile, 'utf8'), /sk-ant/);
});

test('waking up is noticed and remembered', async () => {
  await using product = await startProduct();
  await signIn(product);
  // There is no system bus to tell of it: emitted as Electron emits it.
  const emitted = await product.app.electron.evaluate(({ powerMonitor }) => [
    powerMonitor.emit('suspend'),
    powerMonitor.emit('resume'),
  ]);
  assert.deepEqual(emitted, [true, true]);
  await until('the wake-up in the history', async () =>
    (await history(product)).some(({ kind, by }) => kind === 'woke' && by === 'resume') ? true : undefined,
  );
});

test('Start at login is what the system has, whoever changed it', async () => {
  await using product = await startProduct();
  const tray = await product.app.tray();
  const isChecked = async () => (await tray.waitForMenuItem('Start at login')).checked;
  const entry = join(String(process.env['XDG_CONFIG_HOME']), 'autostart', 'latchkey.desktop');
  assert.equal(await isChecked(), false);
  await tray.clickMenuItem('Start at login');
  await until('the entry', async () => ((await isChecked()) === true ? true : undefined));
  const text = await readFile(entry, 'utf8');
  assert.match(text, /^Exec="[^"]+\/electron" "[^"]+"$/m);
  await tray.clickMenuItem('Start at login');
  await until('no entry', async () => ((await isChecked()) === false ? true : undefined));
  await assert.rejects(readFile(entry), { code: 'ENOENT' });
});

test('a login that ends in two days is told once, and a click signs in again', async () => {
  await using product = await startProduct({ loginSeconds: 2 * 86_400 });
  await signIn(product);
  await (await openWindow(product)).close();
  await waitForNotification();
  captureScreen('notification-login-ends');
  await clickNotification();
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org/);
  assert.match((await pastNotifications())[0] ?? '', /^The sign-in of ada@example\.org ends on /);
});
