import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
  /**
   * What each page's script complains of until it has taken the page over, and its effects have run: in frames of one page,
   * since a page each takes long.
   */
  readonly complaints: (pages: readonly string[]) => Promise<readonly (readonly string[])[]>;
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
      let takeOver: () => void = () => undefined;
      const takenOver = new Promise<void>((resolve) => {
        takeOver = resolve;
      });
      const asked: string[] = [];
      const command = (name: string) => [name, () => Promise.resolve(void asked.push(name))] as const;
      const commands = Object.fromEntries(names.map(command));
      const onSnapshot = () => {
        // The last that the script does to take a page over.
        takeOver();
        return () => undefined;
      };
      const complaints: string[] = [];
      window.addEventListener('error', ({ message }) => complaints.push(message));
      Object.assign(window, { asked, complaints, takenOver, latchkey: { commands, onSnapshot } });
    }, Object.keys(commandSchemas));
    return page;
  };
  return {
    drawPage,
    template,
    states: STATES,
    now: NOW,
    complaints: async (htmls) => {
      const page = await newPage();
      await page.goto(pages.serve('<!doctype html>'));
      const heard = await page.evaluate(takeOverInFrames, htmls.map(pages.serve));
      await page.close();
      return heard;
    },
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

/** Runs in the page. The frames can be seen: the script waits for the first picture. */
async function takeOverInFrames(addresses: readonly string[]): Promise<(readonly string[])[]> {
  const heard: (readonly string[])[] = [];
  for (const address of addresses) {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    frame.src = address;
    document.body.append(frame);
    await loaded;
    const shown = frame.contentWindow as unknown as {
      complaints: readonly string[];
      takenOver: Promise<void>;
    };
    const late = new Promise((resolve) => setTimeout(resolve, 10_000, 'late'));
    const isLate = (await Promise.race([shown.takenOver, late])) === 'late';
    heard.push(
      isLate ? [...shown.complaints, 'The script did not take the page over'] : [...shown.complaints],
    );
    frame.remove();
  }
  return heard;
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
  const serve = (html: string) => {
    const path = `/${shown.size}`;
    shown.set(path, html);
    return `http://127.0.0.1:${port}${path}`;
  };
  return {
    serve,
    open: async (page: Page, html: string) => {
      await page.goto(serve(html));
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
