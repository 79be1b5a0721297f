import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { unpacked } from './content-coding.ts';

const MAX_HEAD_BYTES = 256 * 1024;
/** The highest that `Response` takes. */
const HIGHEST_STATUS = 599;

/** RFC 9110 section 6.4.1: these have no content, and Node reads none. */
const WITHOUT_CONTENT = [204, 304];

/**
 * Sends one request over a connection made for it, and answers its response; redirects are answers, too. Whatever this
 * throws, the server may have got the request. The connection ends with the response: one that waits for the next request
 * can be closed by the other side just then, and nobody could tell whether that request arrived.
 */
export async function exchange(socket: Socket, url: URL, init: RequestInit): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | Response>();
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
  // Where Node refuses what comes with an answer it says so in the very turn in which it tells that one.
  let anyway = null as Response | null;
  const onAbort = () => {
    const reason = init.signal?.reason as Error;
    reject(reason);
    sent.destroy(reason);
    answer?.destroy(reason);
  };
  sent.on('error', (error) => {
    anyway = readAnyway(error);
    if (anyway === null) reject(error);
    else resolve(anyway);
  });
  sent.once('response', resolve);
  // Node closes a connection whose server goes over to another protocol (101), and tells neither an answer nor an error.
  sent.once('close', () => reject(new Error('closed without an answer')));
  init.signal?.addEventListener('abort', onAbort);
  socket.once('close', () => init.signal?.removeEventListener('abort', onAbort));
  if (typeof init.body === 'string') sent.end(init.body);
  else sent.end();
  const received = await promise;
  if (received instanceof Response) return received;
  answer = received;
  const status = answer.statusCode ?? 0;
  const headers = headersOf(answer);
  if (WITHOUT_CONTENT.includes(status)) {
    answer.resume();
    // What came all the same Node has refused behind the answer.
    return anyway ?? new Response(null, { status, headers });
  }
  // Node's stream and the page's differ only in what the compiler knows of them.
  const body = Readable.toWeb(await unpacked(answer)) as ReadableStream<Uint8Array>;
  return new Response(body, { status: withContent(status), headers });
}

/** The nearest status that `Response` takes with content. */
function withContent(status: number): number {
  return [204, 205].includes(status) ? 200 : Math.min(status, HIGHEST_STATUS);
}

/**
 * A success, or a refusal, whose head Node refuses to read all the same (a space in a header's name, two lengths, content
 * under 204): what came with it, whole or not, without its headers. `null` where there is none.
 */
function readAnyway(error: Error & { readonly rawPacket?: Buffer }): Response | null {
  const [, status, content] =
    /^HTTP\S* ([245]\d\d)\b[^]*?\r?\n\r?\n([^]*)$/.exec(String(error.rawPacket ?? '')) ?? [];
  return status === undefined ? null : new Response(content ?? '', { status: withContent(Number(status)) });
}

function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) {
      try {
        headers.append(name, value);
      } catch {
        // No name or value of a header (RFC 9110 section 5): nothing that is asked for here has one like that.
      }
    }
  }
  return headers;
}
