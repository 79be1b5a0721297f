import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import { FailureError, type Failure, type NetworkObstacle, type ProxyOddity } from '../domain/failure.ts';
import type { Proxy } from '../domain/proxy.ts';
import type { WayThrough } from '../domain/way.ts';
import { awaitSocket } from './await-socket.ts';
import type { Destination } from './http-tunnel.ts';

/**
 * Has a SOCKS5 proxy lead on to the destination (RFC 1928), whose name the proxy looks up.
 *
 * @throws FailureError `proxy-login`, `proxy-refused`, `network-down`; else what became of the connection
 */
export async function tunnelThroughSocks(
  socket: Socket,
  { host, port, user, password }: Proxy,
  destination: Destination,
  taken: WayThrough,
  signal: AbortSignal,
): Promise<void> {
  const login = user === null ? {} : { userId: user, password: password ?? '' };
  await awaitSocket<null>(socket, signal, (done, failed) => {
    const client = new SocksClient({
      command: 'connect',
      destination: { host: destination.host, port: destination.port },
      existing_socket: socket,
      proxy: { host, port, type: 5, ...login },
    });
    client.once('established', () => done(null));
    // Its errors carry the password: what they say is taken over, and nothing else.
    client.once('error', ({ message }: Error) => {
      const failure = meaningOf(message, destination.name, user !== null, taken);
      if (failure !== null) failed(new FailureError(failure));
      else socket.destroy();
    });
    client.connect(socket);
  });
}

/** In the library's words, since it passes on no codes (`socks/build/common/constants.js`); `null`: it was cut short. */
function meaningOf(message: string, host: string, given: boolean, taken: WayThrough): Failure | null {
  const down = (reason: NetworkObstacle): Failure => ({ code: 'network-down', host, reason, ...taken });
  const refused = (reason: ProxyOddity): Failure => ({ code: 'proxy-refused', host, reason, ...taken });
  if (/authentication/i.test(message)) {
    return { code: 'proxy-login', schemes: ['SOCKS5'], given, ...taken };
  }
  const [, reply] = /^Socks5 proxy rejected connection - (\w+)/.exec(message) ?? [];
  switch (reply) {
    case undefined:
      return message.startsWith('Received invalid') ? refused('not-a-proxy') : null;
    case 'NotAllowed':
    case 'CommandNotSupported':
    case 'AddressNotSupported':
      return refused('by-its-rules');
    case 'TTLExpired':
      return down('PROXY_WAITED_IN_VAIN');
    default:
      return down('PROXY_CANNOT_REACH');
  }
}
