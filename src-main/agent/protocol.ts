import { FailureError, type Failure, type FailureCode, type RequestFlaw } from '../domain/failure.ts';
import { MINUTE, SECOND } from '../domain/instant.ts';

/** What a request asks for. */
export type Asked =
  | { readonly kind: 'status' }
  /** `account`: `null` where none is named; `lasting` in milliseconds. */
  | { readonly kind: 'token'; readonly account: string | null; readonly lasting: number };

/** What `GET /v1/token` answers: names and meanings are a contract. */
export interface TokenJson {
  readonly account: string;
  readonly access_token: string;
  /** RFC 3339; `null` where unknown. */
  readonly access_expires_at: string | null;
}

/** What a request comes with, as far as it matters. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** How long a token has to last where nobody says. */
const LASTING = MINUTE;
/** No id is longer that anybody means. */
const LONGEST_ID = 256;

/**
 * What is asked for.
 *
 * @throws FailureError `agent-request`
 */
export function readRequest({ method, url = '', headers }: RequestHead): Asked {
  // No program sends these but a browser, whose pages are anybody's. RFC 6454 section 7; Fetch Metadata.
  if (Object.keys(headers).some((name) => name === 'origin' || name.startsWith('sec-'))) {
    throw flaw('from-a-browser');
  }
  // A page under a name of its own that somebody led to a TCP port that leads here.
  if (headers['host'] !== 'localhost') throw flaw('host');
  if (method !== 'GET') throw flaw('method');
  const [path = '', query = '', ...rest] = url.split('?');
  if (rest.length > 0) throw flaw('malformed');
  if (path !== '/v1/token' && path !== '/v1/status') throw flaw('path');
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  const allowed = path === '/v1/token' ? ['account', 'lasting'] : [];
  if (new Set(names).size !== names.length || names.some((name) => !allowed.includes(name))) {
    throw flaw('parameter');
  }
  if (path === '/v1/status') return { kind: 'status' };
  const account = parameters.get('account');
  if (account !== null && account.length > LONGEST_ID) throw flaw('account');
  return { kind: 'token', account, lasting: lastingOf(parameters.get('lasting')) };
}

function lastingOf(text: string | null): number {
  if (text === null) return LASTING;
  if (!/^\d{1,8}$/.test(text)) throw flaw('lasting');
  return Number(text) * SECOND;
}

function flaw(reason: RequestFlaw): FailureError {
  return new FailureError({ code: 'agent-request', reason });
}

const STATUS_OF_FLAW: Readonly<Record<RequestFlaw, number>> = {
  'from-a-browser': 403,
  // RFC 9110 section 15.5.20.
  host: 421,
  method: 405,
  path: 404,
  parameter: 400,
  lasting: 400,
  account: 400,
  'account-unnamed': 400,
  malformed: 400,
};

/** Only a person can mend these, by a sign-in or in the app. */
const NEEDS_A_PERSON: readonly FailureCode[] = [
  'grant-refused',
  'not-refreshable',
  'entry-removed',
  'entry-replaced',
  'secret-missing',
];

/** The status that tells a failure. 503 is for whatever may be otherwise later. */
export function statusOf(failure: Failure): number {
  if (failure.code === 'agent-request') return STATUS_OF_FLAW[failure.reason];
  if (failure.code === 'not-signed-in') return 404;
  return NEEDS_A_PERSON.includes(failure.code) ? 409 : 503;
}
