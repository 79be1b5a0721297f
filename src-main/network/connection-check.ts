import { connect, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Failure } from '../domain/failure.ts';
import { connectFailure } from './network-failure.ts';
import { addressOf } from './reachable.ts';

/**
 * Why no connection to a server can be made, certificate included; `null` where it can. Nothing is asked of it. Never
 * rejects.
 */
export function connectionFailure(url: URL): Promise<Failure | null> {
  const { host } = url;
  const address = addressOf(url);
  return new Promise((resolve) => {
    const isSecure = url.protocol === 'https:';
    const servername = isIP(address.host) === 0 ? address.host : '';
    const socket = isSecure ? connectSecurely({ ...address, servername }) : connect(address);
    const end = (failure: Failure | null) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once(isSecure ? 'secureConnect' : 'connect', () => end(null));
    socket.once('timeout', () => end({ code: 'network-down', host, reason: 'UND_ERR_CONNECT_TIMEOUT' }));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(
        connectFailure(error, host) ?? { code: 'answer-unexpected', host, reason: error.code ?? error.name },
      );
    });
  });
}
