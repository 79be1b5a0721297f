import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { failureOf, type Failure } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import type { StatusJson } from '../domain/status-json.ts';
import { en } from '../words/en/index.ts';
import { describeFailure } from '../words/failure-words.ts';
import { Format } from '../words/format.ts';
import { listenAt, listenOn } from './listen.ts';
import { preferMemoryOverSpeed } from './memory.ts';
import { oneATurn } from './one-a-turn.ts';
import { readRequest, statusOf, type TokenJson } from './protocol.ts';

/** Whoever asks, as far as they can be known. */
export interface Asker {
  readonly socket: Socket;
  /** Aborted when they hang up. */
  readonly gone: AbortSignal;
}

/** What whoever has the logins answers. */
export type TokenOutcome =
  | { readonly kind: 'token'; readonly answer: TokenJson }
  /** `retryAfterSeconds`: when it may be worth to ask again, for what may be otherwise then. */
  | { readonly kind: 'failure'; readonly failure: Failure; readonly retryAfterSeconds: number };

/** Whoever has the logins. Neither rejects but for what nobody foresaw. */
export interface Tokens {
  readonly status: () => Promise<StatusJson>;
  readonly token: (account: string | null, lasting: number, asker: Asker) => Promise<TokenOutcome>;
}

export interface ServingOptions {
  readonly path: string;
  /** A socket that is open already; `null` to open one at `path`. */
  readonly fd: number | null;
  /** As RFC 9110 section 10.2.4 has it, with a comment that says who serves: "Latchkey/1.0 (latchkey agent, PID 7)" */
  readonly server: string;
  readonly reportError: (error: unknown) => void;
}

export interface Serving {
  /** Nobody can connect any more, and who is connected is cut off. */
  close(): Promise<void>;
}

/** From the connection to the whole request, and from the answer to its being taken. */
const DEADLINE = 5 * SECOND;
const LONGEST_HEAD = 8 * 1024;
/** Beyond, whoever waits longest with their request has to go: nobody can keep others out by doing nothing. */
const MOST_WAITING = 1_500;
/** With those that wait for their answer, which may take a person or the service. */
const MOST_CONNECTIONS = 4_096;

/**
 * Serves access tokens on a Unix socket: HTTP/1.1, two GETs, one request a connection. It has no timer while nobody is
 * connected.
 *
 * @throws FailureError `agent-elsewhere`, `agent-not-served`
 */
export async function serve(tokens: Tokens, options: ServingOptions): Promise<Serving> {
  preferMemoryOverSpeed();
  const sockets = new Set<Socket>();
  /** Without a whole request yet, in the order in which they came. */
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const inTurn = oneATurn();

  // It does not listen: Node's own look for slow connections would be a timer that never ends.
  const http = createHttp({ maxHeaderSize: LONGEST_HEAD, keepAlive: false }, (request, response) => {
    if (!begin(request.socket)) return;
    response.once('finish', () => expire(request.socket));
    inTurn(request.socket, () => {
      // Who hung up meanwhile is not asked about, nor counted.
      if (request.socket.destroyed) return;
      answer(request, response, tokens).catch((error: unknown) => {
        options.reportError(error);
        sendFailure(response, failureOf(error), 60);
      });
    });
  });
  // An upgrade, CONNECT and a client that asks first whether it may go on: all end here.
  for (const event of ['connect', 'upgrade'] as const) {
    http.on(event, (_request: IncomingMessage, socket: Socket) => turnAway(socket, options.server));
  }
  http.on('checkExpectation', (_request, response: ServerResponse) => {
    sendFailure(response, { code: 'agent-request', reason: 'malformed' }, 0);
  });
  http.on('clientError', (_error, socket: Socket) => {
    inTurn(socket, () => turnAway(socket, options.server));
  });

  /** Whether this is the first request of a connection. */
  const begin = (socket: Socket): boolean => {
    const timer = waiting.get(socket);
    clearTimeout(timer);
    return waiting.delete(socket);
  };
  const expire = (socket: Socket) => {
    const timer = setTimeout(() => socket.destroy(), DEADLINE);
    socket.once('close', () => clearTimeout(timer));
  };

  const listener = createServer((socket) => {
    sockets.add(socket);
    waiting.set(
      socket,
      setTimeout(() => socket.destroy(), DEADLINE),
    );
    socket.once('close', () => {
      begin(socket);
      sockets.delete(socket);
    });
    if (waiting.size > MOST_WAITING) waiting.keys().next().value?.destroy();
    http.emit('connection', socket);
  });

  listener.maxConnections = MOST_CONNECTIONS;
  if (options.fd === null) await listenAt(listener, options.path);
  else await listenOn(listener, options.fd, options.path);

  return {
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse, from: Tokens): Promise<void> {
    response.setHeader('Server', options.server);
    let asked: ReturnType<typeof readRequest>;
    try {
      asked = readRequest(request);
    } catch (error) {
      sendFailure(response, failureOf(error), 0);
      return;
    }
    if (asked.kind === 'status') {
      send(response, 200, await from.status());
      return;
    }
    const { socket } = request;
    const gone = new AbortController();
    const hangUp = () => gone.abort();
    socket.once('close', hangUp);
    const outcome = await from.token(asked.account, asked.lasting, { socket, gone: gone.signal });
    socket.off('close', hangUp);
    if (outcome.kind === 'token') send(response, 200, outcome.answer);
    else sendFailure(response, outcome.failure, outcome.retryAfterSeconds);
  }
}

function sendFailure(response: ServerResponse, failure: Failure, retryAfterSeconds: number): void {
  const status = statusOf(failure);
  if (status === 503) response.setHeader('Retry-After', Math.max(1, Math.ceil(retryAfterSeconds)));
  if (status === 405) response.setHeader('Allow', 'GET');
  send(response, status, failureJson(failure));
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const text = `${JSON.stringify(body)}\n`;
  response.sendDate = false;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(text);
}

/** Not by way of all languages, which a command has no use for. */
const ENGLISH = { ...en, format: new Format(en, null) };

/** A failure for programs, in English, as the terminal speaks. */
function failureJson(failure: Failure) {
  const { title, explanation, technical } = describeFailure(ENGLISH, failure, 'refresh');
  const detail = technical === undefined ? explanation : `${explanation} (${technical})`;
  return { code: failure.code, title, detail };
}

/** What is no request gets the answer that one gets which cannot be understood. */
function turnAway(socket: Socket, server: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = `${JSON.stringify(failureJson({ code: 'agent-request', reason: 'malformed' }))}\n`;
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Server: ${server}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  const timer = setTimeout(() => socket.destroy(), DEADLINE);
  socket.once('close', () => clearTimeout(timer));
}
