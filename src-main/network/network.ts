import type { Failure } from '../domain/failure.ts';
import { isReachable } from './reachable.ts';

export type Fetch = typeof globalThis.fetch;

/**
 * The one way out of this machine: whatever asks a server, or only looks whether one is there, does it through this, so
 * that all of them go the same way.
 */
export interface Network {
  readonly fetch: Fetch;
  /** Whether a server takes connections. Nothing is sent. Never rejects. */
  readonly isReachable: (url: URL) => Promise<boolean>;
  /** Why no connection to a server can be made, certificate included; `null` where it can. Never rejects. */
  readonly connectionFailure: (url: URL) => Promise<Failure | null>;
}

/** This machine's own connections. */
export const systemNetwork: Network = {
  // Node loads its `fetch` when that is first asked for, which a start must not wait for.
  fetch: (url, init) => globalThis.fetch(url, init),
  isReachable,
  connectionFailure: async (url) => {
    // TLS and all: only the doctor asks.
    const { connectionFailure } = await import('./connection-check.ts');
    return connectionFailure(url);
  },
};
