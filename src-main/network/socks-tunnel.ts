import { once } from 'node:events';
import { isIPv4, isIPv6, type Socket } from 'node:net';
import { FailureError, type Failure, type ProxyOddity } from '../domain/failure.ts';
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
  proxy: Proxy,
  destination: Destination,
  taken: WayThrough,
  signal: AbortSignal,
): Promise<void> {
  await awaitSocket<null>(socket, signal, (done, failed) => {
    greet(socket, proxy, taken, destination.name)
      .then(() => connect(socket, destination, taken))
      .then(() => done(null), failed);
  });
}

const VERSION = 5;
const METHOD = { none: 0, login: 2, refused: 255 };

/** Agrees on a login, and goes through with it (RFC 1929). */
async function greet(
  socket: Socket,
  { user, password }: Proxy,
  taken: WayThrough,
  host: string,
): Promise<void> {
  const offered = user === null ? [METHOD.none] : [METHOD.none, METHOD.login];
  socket.write(Buffer.from([VERSION, offered.length, ...offered]));
  const [version, method = METHOD.refused] = await take(socket, 2);
  const login: Failure = { code: 'proxy-login', schemes: ['SOCKS5'], given: user !== null, ...taken };
  if (version !== VERSION) throw refused('not-a-proxy', host, taken);
  if (method === METHOD.refused) throw new FailureError(login);
  if (!offered.includes(method)) throw refused('not-a-proxy', host, taken);
  if (method === METHOD.none) return;
  const [name, secret] = [Buffer.from(user ?? ''), Buffer.from(password ?? '')];
  // A length is one byte: nobody can have been given a longer one.
  if (name.length > 255 || secret.length > 255) throw new FailureError(login);
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
  const [, status] = await take(socket, 2);
  if (status !== 0) throw new FailureError(login);
}

async function connect(socket: Socket, { host, port, name }: Destination, taken: WayThrough): Promise<void> {
  socket.write(
    Buffer.concat([Buffer.from([VERSION, 1, 0]), addressOf(host), Buffer.from([port >> 8, port])]),
  );
  const [version, reply = 1, , kind = 0] = await take(socket, 4);
  if (version !== VERSION) throw refused('not-a-proxy', name, taken);
  if (reply !== 0) throw meaningOf(reply, name, taken);
  // The address that it connects from, and a port: of no use, but before what the server says.
  const length = kind === 1 ? 4 : kind === 4 ? 16 : kind === 3 ? (await take(socket, 1))[0] : undefined;
  if (length === undefined) throw refused('not-a-proxy', name, taken);
  await take(socket, length + 2);
}

/** RFC 1928 section 6. */
function meaningOf(reply: number, host: string, taken: WayThrough): FailureError {
  switch (reply) {
    case 2: // not allowed by ruleset
    case 7: // command not supported
    case 8: // address type not supported
      return refused('by-its-rules', host, taken);
    case 6: // TTL expired
      return new FailureError({ code: 'network-down', host, reason: 'PROXY_WAITED_IN_VAIN', ...taken });
    default:
      return new FailureError({ code: 'network-down', host, reason: 'PROXY_CANNOT_REACH', ...taken });
  }
}

function refused(reason: ProxyOddity, host: string, taken: WayThrough): FailureError {
  return new FailureError({ code: 'proxy-refused', host, reason, ...taken });
}

/** With its type before it, and a name's length. Hosts are as a URL has them. */
export function addressOf(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)]);
  if (!isIPv6(host)) return Buffer.concat([Buffer.from([3, host.length]), Buffer.from(host, 'latin1')]);
  const [left = [], right = []] = host
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  const groups = [...left, ...zeros, ...right].map((group) => group.padStart(4, '0'));
  return Buffer.concat([Buffer.from([4]), Buffer.from(groups.join(''), 'hex')]);
}

/**
 * So many bytes and no more: what follows is the server's. Where the proxy hangs up before, this never ends: whoever
 * holds the socket hears of that.
 */
async function take(socket: Socket, length: number): Promise<Buffer> {
  let taken = Buffer.alloc(0);
  while (taken.length < length) {
    // It would be readable again at once with what is too little.
    if (socket.readableLength === 0) await once(socket, 'readable');
    const more = socket.read(Math.min(length - taken.length, socket.readableLength)) as Buffer | null;
    if (more !== null) taken = Buffer.concat([taken, more]);
  }
  return taken;
}
