import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/set-up/paths.mjs';
import { startApp } from '../support/desktop/app.ts';
import { until } from '../support/desktop/until.ts';
import { markWelcomed } from './product.ts';

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
