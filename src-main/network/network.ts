import type { SecureContext } from 'node:tls';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import type { Proxy, ProxySetting } from '../domain/proxy.ts';
import type { Way } from '../domain/way.ts';
import type { Opened } from './connection.ts';
import { watchInterfaces } from './interface-watch.ts';
import { connectFailure } from './network-failure.ts';
import type { ProxyVariables, Route, SystemWord } from './route.ts';

/** As of `globalThis.fetch`; the body is text. */
export interface FetchInit extends RequestInit {
  /**
   * Called once a connection is made, right before the request is sent: to make one takes seconds at times. What it throws
   * keeps the request from being sent, and is thrown.
   */
  readonly beforeSending?: () => Promise<void>;
}

/** One request to one server; redirects are answers. */
export type Fetch = (url: URL, init?: FetchInit) => Promise<Response>;

/** How a server can be reached at present. */
export interface Connection {
  /** The way that was taken, or the first that was tried; `null` where what names one cannot be used. */
  readonly way: Way | null;
  /** `null` where a connection can be made, certificate included. */
  readonly failure: Failure | null;
}

/**
 * The one way out of this machine: whatever asks a server, or only looks whether one is there, does it through this, so
 * that all of them go the same way.
 */
export interface Network {
  /**
   * @throws FailureError where nothing was sent for certain (`open` of `connection.ts`), else `answer-lost`; the
   *   signal's reason. While the answer is read: whatever became of the connection.
   */
  readonly fetch: Fetch;
  /**
   * Whether a connection to a server can be made, certificate included: whatever lets nothing through until somebody has
   * signed in there takes connections all the same. Nothing is asked of it. Never rejects.
   */
  readonly isReachable: (url: URL, signal?: AbortSignal) => Promise<boolean>;
  /** Whether and how a connection to a server can be made. Nothing is asked of it. Never rejects. */
  readonly connection: (url: URL) => Promise<Connection>;
  /** Loads what a connection may need, which the first one does else. @throws what loading throws */
  readonly prepare: () => Promise<void>;
  /** See `watchInterfaces`. */
  readonly watchInterfaces: (onChange: () => void) => () => void;
}

/** What decides the way. */
export interface NetworkPorts {
  readonly variables: ProxyVariables;
  /** The file that NODE_EXTRA_CA_CERTS names. */
  readonly extraCertificates: string | null;
  readonly setting: () => ProxySetting;
  /** The password of the setting's proxy, secret; `null` where none is kept. Never rejects. */
  readonly password: (proxy: Proxy) => Promise<string | null>;
  /** What the system says of a URL; `null` for nothing. Never rejects. */
  readonly system: (url: URL) => Promise<SystemWord | null>;
}

/** This machine's own connections. What they need is loaded when the first is made: a start must not wait for it. */
export function createNetwork(ports: NetworkPorts): Network {
  let authorities: Promise<SecureContext> | null = null;
  const trusted = async () => {
    const { trustedAuthorities } = await import('./certificates.ts');
    return (authorities ??= trustedAuthorities(ports.extraCertificates));
  };
  const openBy = async (url: URL, route: Route, signal: AbortSignal | null): Promise<Opened> => {
    const { open } = await import('./connection.ts');
    return open(url, route, { trusted, signal });
  };
  return {
    fetch: async (url, init = {}) => {
      const { signal = null } = init;
      const { socket, way } = await openBy(url, await routeOf(url, ports), signal);
      const taken = way.proxy === null ? {} : way;
      let gone: unknown = Object.assign(new Error('closed'), { code: 'ECONNRESET' });
      socket.once('error', (error) => (gone = error));
      const { exchange } = await import('./exchange.ts');
      try {
        await init.beforeSending?.();
        // What becomes of a connection meanwhile nobody would hear of, nor that nothing was sent.
        if (!socket.writable) throw connectFailure(gone, url.host, taken);
        if (signal?.aborted === true) throw connectFailure(signal.reason, url.host, taken);
      } catch (error) {
        socket.destroy();
        throw error;
      }
      try {
        return await exchange(socket, url, init);
      } catch (error) {
        signal?.throwIfAborted();
        throw new FailureError({ code: 'answer-lost', host: url.host, ...taken }, { cause: error });
      }
    },
    isReachable: async (url, signal) => {
      try {
        (await openBy(url, await routeOf(url, ports), signal ?? null)).socket.destroy();
        return true;
      } catch {
        return false;
      }
    },
    connection: async (url) => {
      const route = await routeOf(url, ports);
      try {
        const { socket, way } = await openBy(url, route, null);
        socket.destroy();
        return { way, failure: null };
      } catch (error) {
        return { way: route.hops?.[0]?.way ?? null, failure: failureOf(error) };
      }
    },
    prepare: async () => {
      await Promise.all([
        import('./route.ts'),
        import('./connection.ts').then(({ prepare }) => prepare()),
        import('./exchange.ts'),
        import('./certificates.ts'),
      ]);
    },
    watchInterfaces,
  };
}

async function routeOf(url: URL, { variables, setting, password, system }: NetworkPorts): Promise<Route> {
  const { asksSystem, routeTo } = await import('./route.ts');
  const facts = { variables, setting: setting() };
  const route = routeTo(url, { ...facts, system: asksSystem(url, facts) ? await system(url) : null });
  const [first] = route.hops ?? [];
  if (first === undefined || first.proxy === null || first.way.as !== 'setting') return route;
  const { proxy, way } = first;
  // The setting's address stands in a file, its password does not.
  if (proxy.user === null || proxy.password !== null) return route;
  return { hops: [{ way, proxy: { ...proxy, password: await password(proxy) } }] };
}
