import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

const MAX_HEAD_BYTES = 256 * 1024;

/** RFC 9110 section 6.4.1: these have no content. */
const WITHOUT_CONTENT = [204, 205, 304];

/**
 * Sends one request over a connection made for it, and answers its response; redirects are answers, too. Whatever this
 * throws, the server may have got the request. The connection ends with the response: one that waits for the next request
 * can be closed by the other side just then, and nobody could tell whether that request arrived.
 */
export async function exchange(socket: Socket, url: URL, init: RequestInit): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request({
    method: init.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    headers: { ...Object.fromEntries(new Headers(init.headers)), Host: url.host },
    createConnection: () => socket,
    // What Node refuses to read for an answer's head is an answer all the same, and it comes only once: whatever stands
    // between may have written it. Over a connection for one request nothing can be mistaken for another answer.
    insecureHTTPParser: true,
    maxHeaderSize: MAX_HEAD_BYTES,
  });
  let answer: IncomingMessage | null = null;
  const onAbort = () => {
    const reason = init.signal?.reason as Error;
    reject(reason);
    sent.destroy(reason);
    answer?.destroy(reason);
  };
  sent.on('error', reject);
  sent.once('response', resolve);
  init.signal?.addEventListener('abort', onAbort);
  socket.once('close', () => init.signal?.removeEventListener('abort', onAbort));
  if (typeof init.body === 'string') sent.end(init.body);
  else sent.end();
  answer = await promise;
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const content = WITHOUT_CONTENT.includes(status) ? null : await decoded(answer);
  if (content === null) answer.resume();
  // Node's stream and the page's differ only in what the compiler knows of them.
  const body = content === null ? null : (Readable.toWeb(content) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}

/** Nothing asks for it to be packed; whoever stands between may have packed it all the same. */
async function decoded(answer: IncomingMessage): Promise<Readable> {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === 'identity') return answer;
  const { pipeline } = await import('node:stream');
  const { createBrotliDecompress, createUnzip } = await import('node:zlib');
  // What fails shows where it is read.
  return pipeline(answer, encoding === 'br' ? createBrotliDecompress() : createUnzip(), () => undefined);
}
