import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { artifactPath } from '../support/desktop/artifacts.ts';
import { startAppInPlaywright, type RunningApp } from '../support/desktop/app.ts';
import { OpenedUrls } from '../support/desktop/opened-urls.ts';
import { until } from '../support/desktop/until.ts';
import { startPracticeServer, type PracticeServer } from '../support/practice/practice-server.ts';

/** The product on the test desktop against a practice server, with a config file and data folder of its own. */
export interface Product extends AsyncDisposable {
  readonly app: RunningApp & { readonly electron: ElectronApplication };
  readonly server: PracticeServer;
  readonly urls: OpenedUrls;
  readonly configFile: string;
  readonly dataDir: string;
}

export async function startProduct(
  options: {
    /** False: no browser can be started. */
    readonly browser?: boolean;
    readonly environment?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    readonly folder?: string;
    /** Another build of the app than the checkout's. */
    readonly build?: string;
    readonly accessTokenSeconds?: number;
    readonly loginSeconds?: number;
    /** Nobody has been welcomed yet. */
    readonly isFirstRun?: boolean;
  } = {},
): Promise<Product> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'product-'));
  const configFile = join(folder, 'shared', 'config.yaml');
  const dataDir = join(folder, 'data');
  const { accessTokenSeconds = 28_800, loginSeconds = 28 * 86_400, isFirstRun = false } = options;
  if (!isFirstRun) markWelcomed(dataDir);
  const server = await startPracticeServer({ accessTokenSeconds, loginSeconds });
  const urls = new OpenedUrls();
  const app = await startAppInPlaywright({
    ...(options.build === undefined ? {} : { folder: options.build }),
    args: options.args ?? [],
    environment: {
      LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
      LATCHKEY_TOKEN_URL: server.tokenUrl,
      LATCHKEY_API_URL: server.apiUrl,
      LATCHKEY_CONFIG_FILE: configFile,
      LATCHKEY_DATA_DIR: dataDir,
      ...(options.browser === false ? {} : urls.environment),
      ...options.environment,
    },
  });
  return {
    app,
    server,
    urls,
    configFile,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** As the first run leaves it behind. */
export function markWelcomed(dataDir: string): void {
  const path = join(dataDir, 'settings.json');
  if (existsSync(path)) return;
  mkdirSync(dataDir, { recursive: true });
  const now = new Date().toISOString();
  const settings = { version: 1, termsAcknowledgedAt: null, welcomedAt: now, toldOfTrayAt: now };
  writeFileSync(path, JSON.stringify(settings));
}

/** The window, opened by the tray where it is not open yet. */
export async function openWindow({ app }: Product): Promise<Page> {
  const tray = await app.tray();
  await tray.clickMenuItem('Open Latchkey');
  return windowOf(app.electron);
}

export async function windowOf(electron: ElectronApplication): Promise<Page> {
  const page = electron.windows().find((each) => !each.isClosed()) ?? (await electron.waitForEvent('window'));
  // The page can be seen before its script runs, and pressed only once React has taken it over.
  await page.waitForFunction(() => {
    const root = document.getElementById('root') ?? {};
    return Object.keys(root).some((key) => key.startsWith('__reactContainer$'));
  });
  return page;
}

export function clipboardOf({ app }: Product): Promise<string> {
  return app.electron.evaluate(({ clipboard }) => clipboard.readText());
}

/** Keeps pictures of the window in both themes as `artifacts/<name>-light.png` and `-dark.png`. */
export async function captureThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: artifactPath(`${name}-${colorScheme}.png`) });
  }
}

/** Waits until what stands at the tray menu's top is so, a dot between its lines. */
export async function headline({ app }: Product, pattern: RegExp): Promise<string> {
  const tray = await app.tray();
  return until(`a headline like ${String(pattern)}`, async () => {
    const labels = await tray.menuLabels();
    const told = labels.slice(0, labels.indexOf('-')).join(' · ');
    return pattern.test(told) ? told : undefined;
  });
}

/** A credential of a moment ago is the answer to whoever asks for a fresh one. */
export async function toBeOldEnough({ dataDir }: Product): Promise<void> {
  const issuedAt = Date.parse((await recordOf('default', dataDir))?.accessIssuedAt ?? '');
  await until('the credential to be old enough', () =>
    Promise.resolve(Date.now() - issuedAt > 2_000 || undefined),
  );
}

interface StoredRecord {
  readonly id: string;
  readonly accessIssuedAt: string;
  readonly history: readonly { readonly kind: string; readonly by?: string }[];
}

/** What the app knows of an account, as its own file has it. */
export async function recordOf(id: string, dataDir: string): Promise<StoredRecord | undefined> {
  const stored = JSON.parse(await readFile(join(dataDir, 'accounts.json'), 'utf8')) as {
    files: { accounts: StoredRecord[] }[];
  };
  return stored.files.flatMap(({ accounts }) => accounts).find((each) => each.id === id);
}
