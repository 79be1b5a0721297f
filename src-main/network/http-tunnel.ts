import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FailureError, type NetworkObstacle, type ProxyOddity } from '../domain/failure.ts';
import { nameOf, type Proxy } from '../domain/proxy.ts';
import type { WayThrough } from '../domain/way.ts';
import { awaitSocket } from './await-socket.ts';

/** Where a tunnel leads. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** What a person is told of it. */
  readonly name: string;
}

/**
 * Has an HTTP proxy lead on to the destination (CONNECT, RFC 9110 section 9.3.6). Nothing but that is sent.
 *
 * @throws FailureError `proxy-login`, `proxy-refused`, `network-down`; else what became of the connection
 */
export async function tunnelThroughHttp(
  socket: Socket,
  { user, password }: Proxy,
  destination: Destination,
  taken: WayThrough,
  signal: AbortSignal,
): Promise<void> {
  const authority = nameOf(destination);
  const basic = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
  const connect = request({
    method: 'CONNECT',
    path: authority,
    headers: {
      Host: authority,
      // RFC 7617. Asked for before it says so, since else a connection more is needed each time.
      ...(user === null ? {} : { 'Proxy-Authorization': `Basic ${basic}` }),
    },
    createConnection: () => socket,
  });
  let answer: IncomingMessage;
  try {
    answer = await awaitSocket<IncomingMessage>(socket, signal, (done, failed) => {
      connect.on('error', failed);
      connect.once('connect', (response, _socket, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        done(response);
      });
      connect.end();
    });
  } catch (error) {
    if (!isNoHttp(error)) throw error;
    const reason: ProxyOddity = 'not-a-proxy';
    throw new FailureError(
      { code: 'proxy-refused', host: destination.name, reason, ...taken },
      { cause: error },
    );
  }
  const { statusCode = 0 } = answer;
  if (statusCode >= 200 && statusCode < 300) return;
  socket.destroy();
  throw refusal(answer, statusCode, destination.name, user !== null, taken);
}

/** llhttp's codes. */
function isNoHttp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_');
}

function refusal(
  { headers, headersDistinct }: IncomingMessage,
  status: number,
  host: string,
  given: boolean,
  taken: WayThrough,
): FailureError {
  if (status === 407) {
    const schemes = schemesOf(headersDistinct['proxy-authenticate'] ?? []);
    return new FailureError({ code: 'proxy-login', schemes, given, ...taken });
  }
  if (status < 500)
    return new FailureError({ code: 'proxy-refused', host, reason: `HTTP ${status}`, ...taken });
  // RFC 9209, and what squid says instead.
  const told = `${String(headers['proxy-status'] ?? '')} ${String(headers['x-squid-error'] ?? '')}`;
  const reason: NetworkObstacle = /dns/i.test(told)
    ? 'PROXY_FINDS_NO_NAME'
    : status === 504 || /timeout/i.test(told)
      ? 'PROXY_WAITED_IN_VAIN'
      : 'PROXY_CANNOT_REACH';
  return new FailureError({ code: 'network-down', host, reason, ...taken });
}

const SCHEMES = ['Basic', 'Digest', 'Negotiate', 'NTLM', 'Kerberos', 'Bearer'];

/**
 * The ways in which it takes logins (RFC 9110 section 11.7.1), in their usual spelling. Challenges may share a line with
 * others and with parameters: a word without `=` at a challenge's place is a scheme.
 */
export function schemesOf(lines: readonly string[]): readonly string[] {
  const words = lines
    .flatMap((line) => line.replace(/"(?:[^"\\]|\\.)*"/g, '""').split(','))
    .map((part) => /^\s*([A-Za-z][\w-]*)(?!\s*=)(?=\s|$)/.exec(part)?.[1])
    .filter((word) => word !== undefined);
  const usual = (word: string) => SCHEMES.find((name) => name.toLowerCase() === word.toLowerCase()) ?? word;
  return [...new Set(words.map(usual))].slice(0, 6);
}
