import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Frame, type Page } from 'playwright-core';
import { artifactPath } from './artifacts.ts';

/** The user's browser: the system's Chromium, sandboxed, with a fresh profile. */
export class TestBrowser implements AsyncDisposable {
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async start(): Promise<TestBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: '/usr/bin/chromium',
      headless: true,
      chromiumSandbox: true,
      viewport: { width: 1000, height: 700 },
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return new TestBrowser(context);
  }

  /** Opens a URL in a tab, as `xdg-open` would have. */
  async open(url: string): Promise<BrowserTab> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return new BrowserTab(page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}

/** A tab, as the person in front of it sees it. */
export class BrowserTab {
  /** For what the methods below do not offer. */
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses the button or link of this name, and waits for the page that follows. */
  async press(name: string): Promise<void> {
    const control = this.page
      .getByRole('button', { name, exact: true })
      .or(this.page.getByRole('link', { name, exact: true }));
    const isTab = (frame: Frame) => frame === this.page.mainFrame();
    await Promise.all([this.page.waitForEvent('framenavigated', isTab), control.click()]);
    await this.page.waitForLoadState();
  }

  /** The text of the page. */
  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** What the address bar shows. */
  address(): string {
    return this.page.url();
  }

  /** Every address that the back and forward buttons of the tab lead to, the oldest first. */
  async history(): Promise<readonly string[]> {
    const devTools = await this.page.context().newCDPSession(this.page);
    try {
      const { entries } = await devTools.send('Page.getNavigationHistory');
      return entries.map(({ url }) => url);
    } finally {
      await devTools.detach();
    }
  }

  /** Keeps a picture of the page as `artifacts/<name>.png`; answers its path. */
  async capture(name: string): Promise<string> {
    const path = artifactPath(`${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}
