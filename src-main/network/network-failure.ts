import { FailureError, NETWORK_OBSTACLES, type Failure } from '../domain/failure.ts';
import type { ProxyTaken } from '../domain/way.ts';

/** OpenSSL's and Node's words for a peer that could not prove who it is. */
const UNTRUSTED = /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$)/;

/** What became of a connection that was still being made, its TLS handshake included: nothing was sent. */
export function connectFailure(error: unknown, host: string, taken: ProxyTaken): FailureError {
  for (const { code, issuer } of causes(error)) {
    const failure = meaningOf(code, issuer, host);
    if (failure !== null) return new FailureError({ ...failure, ...taken }, { cause: error });
  }
  const reason = isTimeout(error) ? 'UND_ERR_CONNECT_TIMEOUT' : 'ENETDOWN';
  return new FailureError({ code: 'network-down', host, reason, ...taken }, { cause: error });
}

type Connecting = Extract<Failure, { readonly code: 'network-down' | 'connection-untrusted' }>;

function meaningOf(code: string, issuer: string | null, host: string): Connecting | null {
  const reason = NETWORK_OBSTACLES.find((obstacle) => obstacle === code);
  if (reason !== undefined) return { code: 'network-down', host, reason };
  if (!UNTRUSTED.test(code)) return null;
  return { code: 'connection-untrusted', host, reason: code, ...(issuer === null ? {} : { issuer }) };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

interface Cause {
  readonly code: string;
  readonly issuer: string | null;
}

/** Behind an AggregateError where a name has several addresses. */
function* causes(error: unknown): Generator<Cause> {
  if (!(error instanceof Error)) return;
  if ('code' in error && typeof error.code === 'string') {
    yield {
      code: error.code,
      issuer: 'issuer' in error && typeof error.issuer === 'string' ? error.issuer : null,
    };
  }
  if (error instanceof AggregateError) for (const inner of error.errors) yield* causes(inner);
  yield* causes(error.cause);
}
