import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FailureError } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { isForeignPeer } from './callback-peer.ts';
import { approvedPage, declinedPage, type CallbackPage, type CallbackTexts } from './callback-page.ts';
import { isSameSecret } from './same-secret.ts';

/** The redirection endpoint of one attempt (RFC 8252 section 7.3), open only while that attempt runs. */
export interface CallbackServer {
  readonly port: number;
  /** `http://localhost:<port>/callback`: the service accepts no other host (`facts.md` section 1). */
  readonly redirectUri: string;
  /** The parameters of the first request that carries the right `state` and either a code or an error. */
  readonly received: Promise<URLSearchParams>;
  /** Stops listening and drops every connection. May be called again. */
  close(): void;
}

const CALLBACK_PATH = '/callback';

/** How long the server keeps the process for the browser to fetch the closing page after the right request came. */
const CLOSING_PAGE_GRACE = 3 * SECOND;
/** How long it stays, while the process does, for the same request again: a browser may have prefetched the address. */
const REPEAT_GRACE = 10 * SECOND;
const REQUEST_TIMEOUT = 5 * SECOND;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 500;

/** Closes the servers of this process that only stay for a closing page: they are not to hold the next one's port. */
const lingering = new Set<() => void>();

/**
 * Listens on 127.0.0.1 and ::1, whichever exist, because a browser may resolve `localhost` to either. Where the wanted
 * port is taken or reserved on one of them, the next free one is used on both.
 *
 * @throws FailureError `no-callback-port` when no port at all can be opened
 */
export async function startCallbackServer(
  wantedPort: number,
  state: string,
  texts: CallbackTexts,
): Promise<CallbackServer> {
  /** Where the browser is sent on, so that the code leaves its address bar and its history. */
  const pages: Readonly<Record<string, CallbackPage>> = {
    '/approved': approvedPage(texts),
    '/declined': declinedPage(texts),
  };
  const { promise: received, resolve } = Promise.withResolvers<URLSearchParams>();
  /** The code, or the error, of the request that was received. */
  let answer: string | null = null;
  let port = 0;
  let servers: readonly Server[] = [];

  for (const closeOther of lingering) closeOther();

  const close = () => {
    lingering.delete(close);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  const letProcessEnd = () => {
    for (const server of servers) server.unref();
  };
  const linger = () => {
    lingering.add(close);
    setTimeout(letProcessEnd, CLOSING_PAGE_GRACE).unref();
    setTimeout(close, REPEAT_GRACE).unref();
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    secure(response);
    const refuse = (status: number): void => {
      response.writeHead(status).end();
    };

    // Exact host: a page that rebinds its own name to 127.0.0.1 sends that name here.
    if (request.headers.host !== `localhost:${port}`) return refuse(421);
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      return refuse(405);
    }
    const url = URL.parse(request.url ?? '', `http://localhost:${port}`);
    if (url === null) return refuse(400);

    const page = pages[url.pathname];
    if (page !== undefined) {
      response.once('close', () => {
        if (answer !== null) letProcessEnd();
      });
      response.setHeader('Content-Security-Policy', page.contentSecurityPolicy);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(page.html);
      return;
    }
    if (url.pathname !== CALLBACK_PATH) return refuse(404);

    const parameters = url.searchParams;
    // RFC 6749 section 3.1: parameters must not be included more than once.
    if (new Set(parameters.keys()).size !== [...parameters.keys()].length) return refuse(400);
    // State first, before code or error is looked at: a stray request must not end the attempt.
    if (!isSameSecret(parameters.get('state') ?? '', state)) return refuse(400);
    const declined = parameters.has('error');
    if (declined === parameters.has('code')) return refuse(400);
    const given = declined ? `error ${parameters.get('error')}` : `code ${parameters.get('code')}`;
    const accept = (isForeign: boolean): void => {
      if (isForeign) return refuse(403);
      if (answer !== null && answer !== given) return refuse(409);
      response.writeHead(303, { Location: declined ? '/declined' : '/approved' }).end();
      if (answer !== null) return;
      answer = given;
      linger();
      resolve(parameters);
    };
    isForeignPeer(request.socket).then(accept, () => refuse(503));
  };

  for (const candidate of portCandidates(wantedPort)) {
    const opened = await listenOnLoopback(candidate, handle);
    if (opened === null) continue;
    ({ servers, port } = opened);
    return { port, redirectUri: `http://localhost:${port}${CALLBACK_PATH}`, received, close };
  }
  throw new FailureError({ code: 'no-callback-port', port: wantedPort });
}

/** The wanted port, its neighbours, then (0) whatever the system has: Windows reserves whole ranges (EACCES). */
function portCandidates(wanted: number): readonly number[] {
  const neighbours = Array.from({ length: 10 }, (_, index) => wanted + index).filter(
    (port) => port <= 65_535,
  );
  return [...neighbours, 0, 0, 0, 0];
}

/** Both loopback addresses on one port, or `null` where it is taken or forbidden on either. */
async function listenOnLoopback(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ servers: readonly Server[]; port: number } | null> {
  const servers: Server[] = [];
  let common = port;
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(
      {
        maxHeaderSize: MAX_HEADER_BYTES,
        requestTimeout: REQUEST_TIMEOUT,
        headersTimeout: REQUEST_TIMEOUT,
        // How often Node looks for connections that took too long; half a minute if nobody says.
        connectionsCheckingInterval: SECOND,
      },
      handle,
    );
    server.maxConnections = MAX_CONNECTIONS;
    try {
      await listen(server, common, host);
    } catch (error) {
      if (isMissingAddress(error)) continue;
      for (const open of servers) open.close();
      return null;
    }
    servers.push(server);
    common = (server.address() as AddressInfo).port;
  }
  return servers.length === 0 ? null : { servers, port: common };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // `listen` reports through an event: a `try` around it would never see EADDRINUSE.
    server.once('error', reject);
    server.listen({ port, host, exclusive: true, ipv6Only: true }, () => {
      server.off('error', reject);
      // From now on an error concerns one connection only, and the attempt goes on.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** The machine has no such address, as without IPv6. */
function isMissingAddress(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code))
  );
}

function secure(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Connection', 'close');
}
