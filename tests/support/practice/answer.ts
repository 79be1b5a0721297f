import type { IncomingMessage, ServerResponse } from 'node:http';

/** What an endpoint answers, before it is sent. */
export interface Answer {
  readonly status: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const MAX_BODY_BYTES = 1024 * 1024;

export function send(response: ServerResponse, { status, body = '', headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': isText ? 'text/plain' : 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

/** Ends the connection as a broken network does. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** @throws RangeError when the body is larger than any honest one */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** `undefined` for what is no JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request);
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
