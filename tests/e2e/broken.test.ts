import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/set-up/paths.mjs';
import { startApp } from '../support/desktop/app.ts';
import { until } from '../support/desktop/until.ts';
import { button } from './hands.ts';
import { captureThemes, headline, markWelcomed, openWindow, startProduct } from './product.ts';

const NOWHERE = 'http://127.0.0.1:9';

test('where the window cannot be drawn the tray says so, and the app goes on without a renderer', async (t) => {
  // As a broken installation has it.
  const folder = await mkdtemp(join(tmpdir(), 'broken-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['out', 'assets', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  const page = join(folder, 'out', 'renderer', 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('<div id="root">', '<div>'));

  const dataDir = join(folder, 'data');
  // Else the window opens by itself as well, and the tray's menu changes under the click.
  markWelcomed(dataDir);
  await using app = startApp({
    folder,
    environment: {
      LATCHKEY_AUTHORIZE_URL: NOWHERE,
      LATCHKEY_TOKEN_URL: NOWHERE,
      LATCHKEY_API_URL: NOWHERE,
      LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
      LATCHKEY_DATA_DIR: dataDir,
    },
  });
  const tray = await app.tray();
  await tray.clickMenuItem('Open Latchkey');
  await until('the trouble in the tray', async () =>
    (await tray.tooltip()) === 'Signed out: something unforeseen went wrong' ? true : undefined,
  );
  await until('the end of the renderer', () => app.renderers.length === 0 || undefined);
  assert.equal(await app.quit(), 0);
});

/** A login that another program keeps, in a file that breaks at its last line. */
const BROKEN = `providers:
  anthropic:
    type: anthropic
    oauth_credentials:
      - id: default
        client_id: 9d1c250a-e61b-44d9-88ed-5944d1962f5e
        access_token: sk-ant-oat01-of-another-program
        refresh_token: sk-ant-ort01-of-another-program
        expires_at: "${new Date(Date.now() + 8 * 3_600_000).toISOString()}"
        scopes: [user:inference]
metrics: [unfinished
`;
const MENDED = BROKEN.replace('[unfinished', '[]');

test('a file that cannot be read is no “signed out”, in tray and window, until it is mended', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'broken-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const configFile = join(folder, 'shared', 'config.yaml');
  await mkdir(dirname(configFile), { recursive: true });
  await writeFile(configFile, BROKEN, { mode: 0o600 });

  await using product = await startProduct({ folder });
  await headline(product, /^Cannot tell: the config file is not valid YAML \(line 1[12], column \d+\)$/);
  const tray = await product.app.tray();
  assert.match(await tray.tooltip(), /^Cannot tell: /);
  assert.deepEqual((await tray.menuLabels()).slice(2, 4), ['Open Latchkey', 'Sign in with Claude']);

  const page = await openWindow(product);
  const unknown = page.getByRole('heading', { name: 'Cannot tell whether you are signed in' });
  await unknown.waitFor();
  await page.getByText(/breaks at line 1[12], column \d+/).waitFor();
  assert.equal(await page.getByText(/own folder/).count(), 0);
  await captureThemes(page, 'unknown');
  await button(page, 'Show file').click();
  assert.equal(await product.urls.next(), '.');

  await writeFile(configFile, MENDED);
  await headline(product, /^Signed in, token /);
  await unknown.waitFor({ state: 'detached' });
  await button(page, 'Refresh now').waitFor();

  // What is known all the same is shown, with the trouble beside it.
  await writeFile(configFile, BROKEN);
  await headline(product, /^Signed in, token .*: the config file is not valid YAML$/);
  await page.getByRole('heading', { name: 'The config file is not valid YAML' }).waitFor();
  await page.getByText("Latchkey's own copy, until the config file can be read").waitFor();
});
