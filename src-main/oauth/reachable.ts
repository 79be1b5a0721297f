import { connect } from 'node:net';
import { SECOND } from '../domain/instant.ts';

const PATIENCE = 5 * SECOND;

/** Whether a server takes connections. Nothing is sent, so nothing is asked of it. Never rejects. */
export function isReachable({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const defaultPort = protocol === 'https:' ? 443 : 80;
    const socket = connect({
      // A URL writes an IPv6 address in brackets.
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? defaultPort : Number(port),
      timeout: PATIENCE,
    });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
