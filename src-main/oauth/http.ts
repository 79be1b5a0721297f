import { FailureError, type AnswerOddity } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { MINUTE, SECOND } from '../domain/instant.ts';
import type { FetchInit, Network } from '../network/network.ts';
import { parseJson } from './parse-json.ts';

/** What this room needs of the outside. */
export interface Http {
  readonly network: Pick<Network, 'fetch'>;
  /** An honest one of our own, never that of another program. */
  readonly userAgent: string;
  readonly now: () => Instant;
}

/** A whole answer, read within bounds. */
export interface HttpAnswer {
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly receivedAt: Instant;
}

const TIMEOUT = 30 * SECOND;
const LOOK_FIRST = SECOND;
const MAX_BODY_BYTES = 256 * 1024;

interface Reading {
  /** How long it may take, its connection included, in milliseconds. */
  readonly patience?: number;
  /** Whether what there is of an answer that broke off, or is too large, will do. Never when left out. */
  readonly isUsable?: (body: string) => boolean;
}

/**
 * Sends one request and reads the whole answer: with a time-out, a size cap and no redirects (a redirect would carry
 * the body's secrets elsewhere).
 *
 * @throws FailureError what `Network.fetch` throws when nothing was sent, `answer-lost` when the server may have
 *   processed the request, `answer-unexpected` for a redirect or an oversized success
 */
export async function ask(
  http: Http,
  url: URL,
  init: FetchInit,
  { patience = TIMEOUT, isUsable = () => false }: Reading = {},
): Promise<HttpAnswer> {
  const limit = new TimeLimit(patience);
  const signal = AbortSignal.any([limit.signal, ...(init.signal ? [init.signal] : [])]);
  const headers = new Headers(init.headers);
  headers.set('User-Agent', http.userAgent);
  headers.set('Accept', 'application/json');
  headers.set('Accept-Encoding', 'identity');

  let body: string;
  let response: Response;
  try {
    response = await http.network.fetch(url, { ...init, headers, signal, redirect: 'manual' });
    // A refusal is told by its status, whatever becomes of its words.
    body = await readCapped(response, url.host, response.status >= 300 ? () => true : isUsable);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw asFailure(error, url.host);
  } finally {
    limit.clear();
  }
  if (response.status >= 300 && response.status < 400) {
    throw new FailureError({
      code: 'answer-unexpected',
      host: url.host,
      reason: 'redirect' satisfies AnswerOddity,
    });
  }
  return {
    host: url.host,
    status: response.status,
    headers: response.headers,
    body,
    receivedAt: http.now(),
  };
}

/**
 * A process may stand still (a stopped job, a paused container, a closed lid) while the answer comes, and goes on by
 * noticing that the time is over: then it looks for the answer first.
 */
class TimeLimit {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#controller.abort(), LOOK_FIRST);
    }, milliseconds);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

async function readCapped(
  response: Response,
  host: string,
  isUsable: (body: string) => boolean,
): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  const text = () => Buffer.concat(chunks).toString('utf8');
  let size = 0;
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) {
        throw new FailureError({
          code: 'answer-unexpected',
          host,
          reason: 'too-large' satisfies AnswerOddity,
        });
      }
    }
  } catch (error) {
    if (!isWhole(text()) && !isUsable(text())) throw error;
  }
  return text();
}

/**
 * Whatever stands between may leave out how an answer ends, or break off there. An object is known to be whole by itself,
 * and to throw one away that holds the next refresh token would end the login.
 */
function isWhole(text: string): boolean {
  const json = parseJson(text);
  return typeof json === 'object' && json !== null;
}

function asFailure(error: unknown, host: string): FailureError {
  if (error instanceof FailureError) return error;
  // Time-outs and resets: the request may have arrived. What was not sent for certain the network says itself.
  return new FailureError({ code: 'answer-lost', host }, { cause: error });
}

/** How far the machine's clock is ahead of the server's (`Date`), in seconds; 0 up to two minutes, or when not told. */
export function clockDifference({ headers, receivedAt }: HttpAnswer): number {
  const serverTime = Date.parse(headers.get('date') ?? '');
  const difference = receivedAt - serverTime;
  return Math.abs(difference) > 2 * MINUTE ? Math.round(difference / SECOND) : 0;
}
