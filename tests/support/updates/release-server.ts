import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReleaseFeed } from '../../../src-main/updates/release-feed.ts';

/** A release's key, and what of it is public. */
export class ReleaseKey {
  readonly #private: KeyObject;
  readonly publicKey: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.#private = privateKey;
    this.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  }

  /** @param name whose announcement the text is meant to be */
  sign(text: string, name = CHANNEL): string {
    return `${sign(null, Buffer.from(`${name}\n${text}`), this.#private).toString('base64')}\n`;
  }
}

export const digestOf = (content: Buffer) => createHash('sha512').update(content).digest('base64');

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A release's folder on a web server, as electron-builder lays it out: the announcement, its signature and the files. */
export class ReleaseServer implements AsyncDisposable {
  readonly #files = new Map<string, Buffer | Answer>();
  readonly #server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    this.requests.push({ path: pathname, headers: request.headers });
    const file = this.#files.get(pathname);
    if (file === undefined) response.writeHead(404).end();
    else if (typeof file === 'function') file(request, response);
    else response.writeHead(200, { 'content-length': file.length }).end(file);
  });
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];

  static async start(): Promise<ReleaseServer> {
    const server = new ReleaseServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  feed(key: ReleaseKey): ReleaseFeed {
    return { url: new URL(`${this.origin}/`), publicKey: key.publicKey, publisher: null };
  }

  serve(path: string, content: Buffer | string | Answer): void {
    this.#files.set(path, typeof content === 'string' ? Buffer.from(content) : content);
  }

  /** Announces a version, for Linux. */
  announce(
    version: string,
    content: Buffer,
    key: ReleaseKey,
    { name = `Latchkey-${version}-linux-x86_64.AppImage`, sha512 = digestOf(content) } = {},
  ): void {
    const text = [
      `version: ${version}`,
      'files:',
      `  - url: ${name}`,
      `    sha512: ${sha512}`,
      `    size: ${content.length}`,
      `path: ${name}`,
      `sha512: ${sha512}`,
      "releaseDate: '2026-11-28T12:00:00.000Z'",
      '',
    ].join('\n');
    this.serve(`/${CHANNEL}`, text);
    this.serve(`/${CHANNEL}.sig`, key.sign(text));
    this.serve(`/${name}`, content);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** As electron-updater names it for this machine. */
export const CHANNEL = `latest-linux${process.arch === 'x64' ? '' : `-${process.arch}`}.yml`;
