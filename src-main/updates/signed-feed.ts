import { createPublicKey, verify } from 'node:crypto';
import type { ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import {
  parseUpdateInfo,
  Provider,
  resolveFiles,
  type ProviderRuntimeOptions,
} from 'electron-updater/out/providers/Provider.js';
import type { ReleaseFeed } from './release-feed.ts';
import { UpdateError } from './update-error.ts';

/** More than any feed of ours has, in characters. */
const LARGEST = 64 * 1024;

/**
 * What a release announces, believed only where the feed's signature (the file's name and `.sig`) is by the key that this
 * program was built with, and where it names files of this product.
 */
export class SignedFeed extends Provider<UpdateInfo> {
  readonly #feed: ReleaseFeed;

  constructor(feed: ReleaseFeed, options: ProviderRuntimeOptions) {
    super(options);
    this.#feed = feed;
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    // Linux' name has the processor in it; the others' have to have it, too (scripts/packaging/announcements.mjs).
    const arch = process.platform === 'linux' || process.arch === 'x64' ? '' : `-${process.arch}`;
    const name = `${this.getDefaultChannelName()}${arch}.yml`;
    const at = new URL(name, this.#feed.url);
    const text = await this.#read(at);
    const signature = await this.#read(new URL(`${name}.sig`, this.#feed.url), 'feed-unsigned');
    if (!isSignedBy(this.#feed.publicKey, signedText(name, text), signature))
      throw new UpdateError('feed-unsigned');
    const info = parseUpdateInfo(text, name, at);
    assertOurs(info);
    return info;
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.#feed.url);
  }

  async #read(url: URL, whereMissing: 'feed-broken' | 'feed-unsigned' = 'feed-broken'): Promise<string> {
    let text: string | null;
    try {
      text = await this.httpRequest(url);
    } catch (error) {
      const { statusCode } = error as { readonly statusCode?: number };
      if (statusCode === 404) throw new UpdateError(whereMissing, { cause: error });
      if (statusCode !== undefined) throw new UpdateError('feed-unreachable', { cause: error });
      throw error;
    }
    if (text === null || text.length > LARGEST) throw new UpdateError(whereMissing);
    return text;
  }
}

/** With its name: what was signed for another processor is none for this one. `scripts/sign-release.mjs` signs the same. */
function signedText(name: string, text: string): string {
  return `${name}\n${text}`;
}

function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature.trim(), 'base64'));
  } catch {
    return false;
  }
}

/** A signed feed of another program of ours would not do either. */
function assertOurs(info: UpdateInfo | null | undefined): void {
  if (typeof info?.version !== 'string' || !Array.isArray(info.files) || info.files.length === 0) {
    throw new UpdateError('feed-broken');
  }
  for (const { url, sha512 } of info.files) {
    if (typeof url !== 'string' || typeof sha512 !== 'string') throw new UpdateError('feed-broken');
    if (!url.startsWith(`Latchkey-${info.version}-`) || url.includes('/')) {
      throw new UpdateError('feed-other-product');
    }
  }
}
