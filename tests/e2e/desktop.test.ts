import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/set-up/paths.mjs';
import { startApp, startAppInPlaywright } from '../support/desktop/app.ts';
import { TestBrowser } from '../support/desktop/browser.ts';
import { OpenedUrls } from '../support/desktop/opened-urls.ts';
import { listProcesses } from '../support/desktop/processes.ts';
import { captureScreen, captureWindow, readScreen, setPanelTheme } from '../support/desktop/screen.ts';
import { until } from '../support/desktop/until.ts';

const bareApp = { folder: join(root, 'tests', 'bench', 'bare-tray-app') };
const runner = join(root, 'tests', 'support', 'desktop', 'run.ts');

/** The pixel in the middle of the tray's only icon. */
function iconColor(): string {
  const { width, rgba } = readScreen();
  return rgba.readUInt32BE((20 * width + width - 20) * 4).toString(16);
}

test('the desktop is an ordinary user’s', () => {
  assert.notEqual(process.getuid?.(), 0);
});

test('a tray icon is on the screen, with its tooltip, picture and menu on the bus', async () => {
  await using app = startApp(bareApp);
  const tray = await app.tray();
  assert.equal(await tray.tooltip(), 'Bare');
  assert.deepEqual(await tray.menuLabels(), ['Nothing to do', '-', 'Open', 'Choice', 'Quit']);
  const [heading, , , choice] = await tray.menu();
  assert.ok(heading !== undefined);
  assert.equal(heading.enabled, false);
  assert.equal(heading.checked, null);
  assert.equal(choice?.checked, true);
  const { width, height, rgba } = await tray.icon();
  assert.equal(rgba.length, width * height * 4);

  await until('the icon on the screen', () => iconColor() === 'ff8000ff' || undefined);
  captureScreen('desktop-light');
  await setPanelTheme('dark');
  await until('the dark panel', () => (readScreen().rgba[0] ?? 255) < 100 || undefined);
  captureScreen('desktop-dark');
  await setPanelTheme('light');
});

test('a click in the tray menu arrives, and Quit ends every process', async () => {
  await using app = startApp(bareApp);
  const tray = await app.tray();
  await tray.clickMenuItem('Open');
  await until('the window', () => app.renderers.length > 0 || undefined);
  assert.equal(await app.quit('Quit'), 0);
  assert.deepEqual(app.processes, []);
});

test('a page of the app runs inside Chromium’s sandbox and answers to Playwright', async () => {
  await using app = await startAppInPlaywright({ ...bareApp, args: ['--window'] });
  const page = await app.electron.firstWindow();
  await page.getByRole('button', { name: 'Click' }).click();
  await page.getByRole('button', { name: 'clicked' }).waitFor();
  assert.ok(app.renderers.length > 0);
  assert.deepEqual(
    app.renderers.filter(({ sandboxed }) => !sandboxed),
    [],
  );
  await captureWindow('Bare', 'desktop-window');
});

test('a URL given to xdg-open is opened in a real browser, where a button can be pressed', async () => {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      request.url === '/done?' ? 'Thank you' : '<form action="/done"><button>Approve</button></form>',
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const urls = new OpenedUrls();
    spawnSync('xdg-open', [`${url}/`], { env: { ...process.env, ...urls.environment } });
    await using browser = await TestBrowser.start();
    const tab = await browser.open(await urls.next());
    await tab.press('Approve');
    assert.equal(await tab.text(), 'Thank you');
    assert.equal(tab.address(), `${url}/done?`);
    assert.deepEqual(await tab.history(), ['about:blank', `${url}/`, `${url}/done?`]);
    await tab.capture('desktop-browser');
  } finally {
    server.close();
  }
});

test('without a browser xdg-open fails', () => {
  assert.equal(spawnSync('xdg-open', ['http://localhost/']).status, 3);
});

test('the keyring is open', () => {
  const attributes = ['application', 'desktop-test'];
  assert.equal(
    spawnSync('secret-tool', ['store', '--label=test', ...attributes], { input: 'kept' }).status,
    0,
  );
  assert.equal(spawnSync('secret-tool', ['lookup', ...attributes], { encoding: 'utf8' }).stdout, 'kept');
});

test('a desktop ends with the exit code of its command, leaving no file behind', () => {
  const command = 'echo "$HOME"; exit 7';
  const { status, stdout } = spawnSync(process.execPath, [runner, '--', 'sh', '-c', command], {
    encoding: 'utf8',
  });
  assert.equal(status, 7);
  assert.match(stdout, /^\/.+\/home\n$/);
  assert.equal(existsSync(stdout.trim()), false);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test(`a desktop whose runner got ${signal} leaves no process and no file behind`, async () => {
    const before = living().length;
    const desktop = spawn(
      process.execPath,
      [runner, '--', 'sh', '-c', 'setsid sleep 1000 & echo "$HOME"; wait'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(desktop.stdout, 'data')) as [Buffer];
    const home = String(line).trim();
    assert.ok(existsSync(home));
    desktop.kill(signal);
    await once(desktop, 'close');
    await until('the end of its files', () => !existsSync(join(home, '..')) || undefined);
    await until('the end of its processes', () => living().length <= before || undefined);
  });
}

function living() {
  return listProcesses().filter(({ zombie }) => !zombie);
}
