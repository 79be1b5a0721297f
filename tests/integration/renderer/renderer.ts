import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer as createHttp, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { root } from '../../../scripts/set-up/paths.mjs';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { commandSchemas } from '../../../src-preload/contract.ts';

const BUILT = join(root, 'out', 'renderer');

type DrawPage = (template: string, present: { snapshot: Snapshot; now: number }) => string;

/** The built window in a real Chromium, drawn by main's part of it, with a bridge that only notes what is asked. */
export interface RendererInBrowser extends AsyncDisposable {
  readonly drawPage: DrawPage;
  readonly template: string;
  readonly states: readonly (readonly [name: string, snapshot: Snapshot])[];
  readonly now: number;
  readonly newPage: () => Promise<Page>;
  /** Shows a page as the window would, and waits until its script has drawn it and its effects have run. */
  readonly open: (page: Page, html: string) => Promise<void>;
  /** As `open`, in a page that shows another one: without the browser's part of it, in a fifth of the time. */
  readonly takeOver: (page: Page, html: string) => Promise<void>;
  /** A page that shows a state of the gallery, once its script has taken it over; `window.asked` names the commands. */
  readonly show: (state: string, options?: { readonly clock?: boolean }) => Promise<Page>;
}

export async function openRenderer(): Promise<RendererInBrowser> {
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { middlewareMode: true, watch: null },
    appType: 'custom',
    logLevel: 'error',
  });
  const { drawPage } = (await vite.ssrLoadModule('/draw-page.tsx')) as { drawPage: DrawPage };
  const { STATES, NOW } = (await vite.ssrLoadModule('/gallery/snapshots.ts')) as {
    STATES: RendererInBrowser['states'];
    NOW: number;
  };
  const template = await readFile(join(BUILT, 'index.html'), 'utf8');
  const pages = await servePages();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const newPage = async () => {
    const page = await browser.newPage();
    await page.addInitScript((names) => {
      const asked: string[] = [];
      const command = (name: string) => [name, () => Promise.resolve(void asked.push(name))] as const;
      const commands = Object.fromEntries(names.map(command));
      const onSnapshot = () => {
        // The last that the script does to take a page over.
        window.dispatchEvent(new Event('taken-over'));
        return () => undefined;
      };
      Object.assign(window, { asked, latchkey: { commands, onSnapshot } });
    }, Object.keys(commandSchemas));
    return page;
  };
  return {
    drawPage,
    template,
    states: STATES,
    now: NOW,
    newPage,
    open: pages.open,
    takeOver,
    show: async (state, { clock = false } = {}) => {
      const [, snapshot] = STATES.find(([name]) => name === state) ?? [];
      if (snapshot === undefined) throw new Error(`The gallery has no state ${state}`);
      const page = await newPage();
      if (clock) await page.clock.install();
      await pages.open(page, drawPage(template, { snapshot, now: NOW }));
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await pages.close();
      await vite.close();
    },
  };
}

async function takeOver(page: Page, html: string): Promise<void> {
  const script = (await readdir(join(BUILT, 'assets'))).find((name) => name.startsWith('main-'));
  if (script === undefined) throw new Error('The window is not built');
  const isDone = await page.evaluate(
    async ([path, next]) => {
      document.body.replaceWith(new DOMParser().parseFromString(next, 'text/html').body);
      const taken = new Promise((resolve) => {
        addEventListener('taken-over', () => resolve(true), { once: true });
        setTimeout(resolve, 10_000, false);
      });
      // Under another name the browser runs it anew.
      await import(`${path}?${performance.now()}`);
      return taken;
    },
    [`/assets/${script.replace(/\.br$/, '')}`, html] as const,
  );
  if (isDone !== true) throw new Error('The script did not take the page over');
}

/**
 * Pages with the built window's script, from a server of their own: what Playwright hands to a page itself Chromium neither
 * keeps nor has compiled the next time.
 */
async function servePages() {
  const shown = new Map<string, string>();
  const listener: RequestListener = ({ url = '' }, response) => {
    const html = shown.get(url);
    if (html !== undefined) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(html);
      return;
    }
    const { pathname } = new URL(url, 'http://localhost');
    void readFileOf(pathname).then((file) => {
      if (file === null) return response.writeHead(404).end();
      response.setHeader('Content-Type', TYPES[extname(pathname)] ?? 'application/octet-stream');
      response.setHeader('Cache-Control', 'max-age=3600, immutable');
      return response.end(file);
    });
  };
  const server = createHttp(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let count = 0;
  return {
    open: async (page: Page, html: string) => {
      const path = `/${(count += 1)}`;
      shown.set(path, html);
      await page.goto(`http://127.0.0.1:${port}${path}`);
      shown.delete(path);
      // Escape asks main to close the window: nothing hears it before.
      await page.waitForFunction(
        () => {
          window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
          return (window as unknown as { asked: readonly string[] }).asked.includes('hideWindow');
        },
        undefined,
        { polling: 10 },
      );
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

const read = new Map<string, Promise<Buffer | null>>();

function readFileOf(pathname: string): Promise<Buffer | null> {
  const file = read.get(pathname) ?? readBuilt(pathname);
  read.set(pathname, file);
  return file;
}

/** As app-protocol.ts does it. */
async function readBuilt(pathname: string): Promise<Buffer | null> {
  const path = join(BUILT, pathname);
  if (existsSync(path)) return readFile(path);
  return existsSync(`${path}.br`) ? brotliDecompressSync(await readFile(`${path}.br`)) : null;
}
