import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** The URLs that programs gave to `xdg-open`, which stands for the user's browser here. */
export class OpenedUrls {
  /** For a program whose URLs are to come here. A program without it finds no browser. */
  readonly environment: { readonly LATCHKEY_TEST_OPENED_URLS: string };
  readonly #file: string;
  #taken = 0;

  constructor() {
    this.#file = join(mkdtempSync(join(tmpdir(), 'urls-')), 'urls');
    writeFileSync(this.#file, '');
    this.environment = { LATCHKEY_TEST_OPENED_URLS: this.#file };
  }

  /** All so far, the oldest first. */
  all(): readonly string[] {
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }

  /** The next one that was not taken yet; waits for it. */
  async next(timeoutMs?: number): Promise<string> {
    const url = await until('a URL to be opened', () => this.all()[this.#taken], timeoutMs);
    this.#taken += 1;
    return url;
  }
}
