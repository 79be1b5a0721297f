import { connect } from 'node:net';
import { SECOND } from '../domain/instant.ts';

const PATIENCE = 5 * SECOND;

/** Whether a server takes connections. Nothing is sent, so nothing is asked of it. Never rejects. */
export function isReachable(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(addressOf(url));
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/** Where to connect to, and how long to wait for it. */
export function addressOf({ hostname, port, protocol }: URL) {
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return {
    // A URL writes an IPv6 address in brackets.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
    timeout: PATIENCE,
  };
}
