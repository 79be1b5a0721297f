import { configureRequestUrl, HttpExecutor, type DownloadOptions } from 'builder-util-runtime';
import { EventEmitter } from 'node:events';
import { PassThrough, pipeline, Readable } from 'node:stream';
import type { Fetch } from '../network/network.ts';
import { UpdateError } from './update-error.ts';

/** How long nothing may come before a request is given up, in milliseconds. */
const STALLED = 60_000;

/** As much of Node's request options as electron-updater fills. */
interface RequestOptions {
  readonly protocol?: string;
  readonly hostname: string;
  readonly port?: string | number | null;
  readonly path: string;
}

/**
 * electron-updater's requests over our own network, instead of Electron's: by the proxies and certificates that all
 * others go by, with no header but our own, and to the feed's own hosts only.
 */
export class NetworkExecutor extends HttpExecutor<NetworkRequest> {
  readonly #fetch: Fetch;
  readonly #userAgent: string;
  readonly #isAllowed: (url: URL) => boolean;
  #latest: NetworkRequest | null = null;

  constructor(fetch: Fetch, userAgent: string, isAllowed: (url: URL) => boolean) {
    super();
    this.#fetch = fetch;
    this.#userAgent = userAgent;
    this.#isAllowed = isAllowed;
  }

  /** As Electron's executor has it: resolves when the file is there, and is the one that was announced. */
  async download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      // Of headers only our own are sent.
      const requestOptions = {};
      configureRequestUrl(url, requestOptions);
      this.doDownload(
        requestOptions,
        {
          destination,
          options,
          onCancel,
          responseHandler: null,
          callback: (error) => {
            if (error == null) {
              resolve(destination);
              return;
            }
            // What it was written to has failed: nobody reads the rest.
            this.#latest?.abort();
            reject(error);
          },
        },
        0,
      );
    });
  }

  override createRequest(options: RequestOptions, callback: (response: unknown) => void): NetworkRequest {
    const port = options.port == null ? '' : `:${options.port}`;
    const url = new URL(`${options.protocol ?? 'https:'}//${options.hostname}${port}${options.path}`);
    this.#latest = new NetworkRequest(async (signal) => {
      if (!this.#isAllowed(url)) throw new UpdateError('feed-redirected');
      const headers = { accept: '*/*', 'cache-control': 'no-cache', 'user-agent': this.#userAgent };
      return this.#fetch(url, { headers, signal });
    }, callback);
    return this.#latest;
  }
}

/** As much of Node's `ClientRequest` as electron-updater uses. */
class NetworkRequest extends EventEmitter {
  readonly #send: (signal: AbortSignal) => Promise<Response>;
  readonly #callback: (response: unknown) => void;
  readonly #stop = new AbortController();

  constructor(send: (signal: AbortSignal) => Promise<Response>, callback: (response: unknown) => void) {
    super();
    this.#send = send;
    this.#callback = callback;
  }

  end(): void {
    this.#answer().catch((error: unknown) => this.emit('error', error));
  }

  abort(): void {
    this.#stop.abort();
  }

  async #answer(): Promise<void> {
    let timer = setTimeout(() => this.abort(), STALLED);
    const { status, statusText, headers, body } = await this.#send(this.#stop.signal).finally(() =>
      clearTimeout(timer),
    );
    const stream = new PassThrough({
      transform: (chunk, _encoding, done) => {
        clearTimeout(timer);
        timer = setTimeout(() => this.abort(), STALLED);
        done(null, chunk);
      },
    });
    // electron-updater looks for errors at the request only, once it pipes.
    stream.on('error', (error) => this.emit('error', error));
    pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body as never), stream, () =>
      clearTimeout(timer),
    );
    const response = Object.assign(stream, {
      statusCode: status,
      statusMessage: statusText,
      headers: Object.fromEntries(headers),
    });
    this.#callback(response);
  }
}

/**
 * Which hosts a feed may lead to: its own, and, from GitHub's releases, those that GitHub keeps their files on.
 */
export function hostsOf(feed: URL): (url: URL) => boolean {
  return (url) =>
    url.origin === feed.origin ||
    (feed.origin === 'https://github.com' &&
      url.protocol === 'https:' &&
      url.port === '' &&
      url.hostname.endsWith('.githubusercontent.com'));
}
