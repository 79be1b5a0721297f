import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { root } from '../../scripts/set-up/paths.mjs';
import type { LogLine } from '../../src-main/domain/log-line.ts';
import { startApp } from '../support/desktop/app.ts';
import { until } from '../support/desktop/until.ts';
import { button } from './hands.ts';
import {
  captureThemes,
  clipboardOf,
  headline,
  markWelcomed,
  openWindow,
  recordOf,
  startProduct,
  type Product,
} from './product.ts';

const NOWHERE = 'http://127.0.0.1:9';

/** The app as it is built, for a test to break. */
async function copyOfBuild(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'broken-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['out', 'assets', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}

test('where the window cannot be drawn the tray says so, and the app goes on without a renderer', async (t) => {
  // As a broken installation has it.
  const folder = await copyOfBuild(t);
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
    (await tray.tooltip()) === 'Latchkey · Signed out · Something went wrong' ? true : undefined,
  );
  await until('the end of the renderer', () => app.renderers.length === 0 || undefined);
  assert.equal(await app.quit(), 0);
});

const SECRET = 'sk-ant-oat01-in-a-message';

async function loggedBy({ dataDir }: Product): Promise<readonly LogLine[]> {
  const text = await readFile(join(dataDir, 'logs', 'errors.jsonl'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LogLine);
}

test('where a view of the window cannot be drawn a plain page stands in, and opens it again', async (t) => {
  const build = await copyOfBuild(t);
  const scripts = join(build, 'out', 'renderer', 'assets');
  let broken = 0;
  for (const name of await readdir(scripts)) {
    const content = await readFile(join(scripts, name));
    const text = String(name.endsWith('.br') ? brotliDecompressSync(content) : content);
    const thrown = text.replace(
      /className:`settings-head`/,
      `className:(()=>{throw new TypeError('${SECRET}')})()`,
    );
    if (thrown !== text) broken += 1;
    await rm(join(scripts, name));
    await writeFile(join(scripts, name.replace(/\.br$/, '')), thrown);
  }
  assert.equal(broken, 1);
  await using product = await startProduct({ build });
  const page = await openWindow(product);
  await button(page, 'Settings').click();
  await page.getByRole('heading', { name: 'This window has stopped working' }).waitFor();
  assert.equal(await page.getByRole('heading').count(), 1);
  await captureThemes(page, 'crashed');

  const line = await until('the error in the log', async () =>
    (await loggedBy(product)).find(({ place }) => place === 'window'),
  );
  assert.equal(line.class, 'TypeError');
  assert.match(line.frames[0] ?? '', /^.* main-[\w-]+\.js:\d+:\d+$/);
  await button(page, 'Copy diagnostics').click();
  await page.getByText('No secrets in it').waitFor();
  const diagnostics = await clipboardOf(product);
  assert.deepEqual((JSON.parse(diagnostics) as { errors: unknown[] }).errors.at(-1), line);
  assert.doesNotMatch(diagnostics, /sk-ant/);

  const [next] = await Promise.all([
    product.app.electron.waitForEvent('window'),
    button(page, 'Open again').click(),
  ]);
  await button(next, 'Sign in with Claude').waitFor();
  assert.ok(page.isClosed());
});

test('what nobody caught in the app is noted and told, and the app goes on', async () => {
  await using product = await startProduct();
  await headline(product, /^Signed out$/);
  for (const how of ['thrown', 'rejected']) {
    await product.app.electron.evaluate(
      (_electron, [given, message]) => {
        const error = new RangeError(message);
        if (given === 'rejected') void Promise.reject(error);
        else
          setImmediate(() => {
            throw error;
          });
      },
      [how, SECRET] as const,
    );
  }
  const lines = await until('both in the log', async () => {
    const found = (await loggedBy(product)).filter(({ place }) => place === 'main');
    return found.length === 2 ? found : undefined;
  });
  assert.deepEqual(
    lines.map((line) => line.class),
    ['RangeError', 'RangeError'],
  );
  assert.doesNotMatch(JSON.stringify(lines), /sk-ant/);
  await headline(product, /^Signed out · Something went wrong$/);
  await button(await openWindow(product), 'Sign in with Claude').waitFor();
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
  await headline(
    product,
    /^Cannot tell whether .* · There is a mistake in the config file \(line 1[12], column \d+\)$/,
  );
  const tray = await product.app.tray();
  assert.match(await tray.tooltip(), /^Latchkey · Cannot tell whether /);
  assert.deepEqual((await tray.menuLabels()).slice(3, 5), ['Open Latchkey', 'Sign in with Claude']);

  const page = await openWindow(product);
  const unknown = page.getByRole('heading', { name: 'Cannot tell whether you are signed in' });
  await unknown.waitFor();
  await page.getByText(/breaks at line 1[12], column \d+/).waitFor();
  assert.equal(await page.getByText(/own folder/).count(), 0);
  await captureThemes(page, 'unknown');
  await button(page, 'Show file').click();
  assert.equal(await product.urls.next(), '.');

  await writeFile(configFile, MENDED);
  await headline(product, /^Signed in · Token until /);
  await unknown.waitFor({ state: 'detached' });
  await button(page, 'Refresh now').waitFor();

  // What is known all the same is shown, with the trouble beside it: once it is written down, after it is shown.
  await until('it to be known', () => recordOf('default', product.dataDir));
  await writeFile(configFile, BROKEN);
  await headline(product, /^Signed in · Token until .* · There is a mistake in the config file$/);
  await page.getByRole('heading', { name: 'There is a mistake in the config file' }).waitFor();
  await page.getByText('Latchkey’s own copy, until the config file can be read').waitFor();
});
