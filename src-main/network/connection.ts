import { connect, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { FailureError } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { withoutBrackets, type Proxy } from '../domain/proxy.ts';
import type { ProxyTaken, Way, WayThrough } from '../domain/way.ts';
import { awaitSocket } from './await-socket.ts';
import type { Destination } from './http-tunnel.ts';
import { connectFailure } from './network-failure.ts';
import type { Hop, Route } from './route.ts';

/** How long a connection may take to be made, TLS and all: a resolver, a proxy's too, asks one dead server after another. */
const LIMIT = 20 * SECOND;
/** For a proxy that cannot be reached while there is another way. */
const LIMIT_WITH_OTHERS = 4 * SECOND;
/**
 * For each address of a host before the next one is tried. Node's own 250 ms are less than one round trip by satellite, or
 * to the far end of a VPN: where the other kind of address leads nowhere no connection was ever made.
 */
const LIMIT_OF_ADDRESS = 2 * SECOND;

/** How a connection is made. */
export interface ConnectionOptions {
  /** Whom to trust: asked only where TLS is spoken. */
  readonly trusted: () => Promise<SecureContext>;
  readonly signal: AbortSignal | null;
}

/** A connection to the server itself, whatever lies between. */
export interface Opened {
  readonly socket: Socket;
  readonly way: Way;
}

/**
 * Makes a connection to a URL's server, over TLS where it is https. No byte of a request is sent, so that whatever this
 * throws means that nothing was.
 *
 * @throws FailureError `network-down`, `connection-untrusted`, `proxy-unusable`, `proxy-refused`, `proxy-login`; or the
 *   reason of the signal
 */
export async function open(url: URL, route: Route, options: ConnectionOptions): Promise<Opened> {
  const { hops } = route;
  if (hops === null) throw new FailureError({ code: 'proxy-unusable', as: route.as, reason: route.flaw });
  const limit = AbortSignal.timeout(LIMIT);
  const signal = options.signal === null ? limit : AbortSignal.any([limit, options.signal]);
  let told: FailureError | null = null;
  for (const hop of hops) {
    try {
      const isLast = hop === hops.at(-1);
      const near = isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(LIMIT_WITH_OTHERS)]);
      return { socket: await socketBy(hop, url, options, { near, signal }), way: hop.way };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof FailureError)) throw error;
      // As browsers do: another way is for a proxy that is not there, not for one that refuses.
      if (!isProxyAway(error)) throw error;
      told ??= error;
    }
  }
  throw told ?? new RangeError('a route needs at least one way');
}

function isProxyAway({ failure }: FailureError): boolean {
  return failure.code === 'network-down' && failure.proxy === failure.host;
}

interface Limits {
  /** For reaching the first machine on the way. */
  readonly near: AbortSignal;
  readonly signal: AbortSignal;
}

async function socketBy(
  { proxy, way }: Hop,
  url: URL,
  { trusted }: ConnectionOptions,
  { near, signal }: Limits,
): Promise<Socket> {
  const destination = destinationOf(url);
  const secure = async (over: Socket, host: string) => {
    const { secured } = await loadSecure();
    return secured(over, host, await trusted(), signal);
  };
  const taken: ProxyTaken = way.proxy === null ? {} : way;
  const socket =
    proxy === null
      ? await telling(url.host, taken, () => connected(destination, near))
      : await telling(way.proxy, taken, async () => {
          const plain = await connected(proxy, near);
          return proxy.kind === 'https' ? secure(plain, proxy.host) : plain;
        });
  return telling(url.host, taken, async () => {
    if (proxy !== null) await tunnel(socket, proxy, destination, way, signal);
    return url.protocol !== 'https:' ? socket : secure(socket, destination.host);
  });
}

/** What one kind of proxy needs is loaded for no other. */
async function tunnel(
  socket: Socket,
  proxy: Proxy,
  destination: Destination,
  taken: WayThrough,
  signal: AbortSignal,
): Promise<void> {
  if (proxy.kind === 'socks5') {
    const { tunnelThroughSocks } = await loadSocksTunnel();
    return tunnelThroughSocks(socket, proxy, destination, taken, signal);
  }
  const { tunnelThroughHttp } = await loadHttpTunnel();
  return tunnelThroughHttp(socket, proxy, destination, taken, signal);
}

const loadSecure = () => import('./secure.ts');
const loadSocksTunnel = () => import('./socks-tunnel.ts');
const loadHttpTunnel = () => import('./http-tunnel.ts');

/** Loads what any connection may need. */
export async function prepare(): Promise<void> {
  await Promise.all([loadSecure(), loadSocksTunnel(), loadHttpTunnel()]);
}

/** Says of whatever becomes of `work` which host it was about, and by which way. */
async function telling<T>(host: string, taken: ProxyTaken, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FailureError ? error : connectFailure(error, host, taken);
  }
}

async function connected(
  { host, port }: Pick<Destination, 'host' | 'port'>,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect({
    host,
    port,
    noDelay: true,
    autoSelectFamilyAttemptTimeout: LIMIT_OF_ADDRESS,
  });
  await awaitSocket<null>(socket, signal, (done) => socket.once('connect', () => done(null)));
  return socket;
}

function destinationOf({ host: name, hostname, port, protocol }: URL): Destination {
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: withoutBrackets(hostname), port: port === '' ? usual : Number(port), name };
}
