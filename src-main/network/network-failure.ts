import { FailureError, NETWORK_OBSTACLES, type Failure } from '../domain/failure.ts';

/** OpenSSL's and Node's words for a peer that could not prove who it is; nothing was sent either. */
const UNTRUSTED = /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$)/;

/** The failure of a request of which nothing was sent for certain, else `null`. */
export function unsentFailure(error: unknown, host: string): FailureError | null {
  for (const { code, syscall } of causes(error)) {
    // On a connection that was made already the same codes mean that the request may have arrived. Without a system
    // call ECONNRESET is Node's own word for a TLS handshake that was cut short: before any byte of the request left.
    const wasConnected = syscall === 'read' || syscall === 'write';
    const failure = meaningOf(code, host);
    if (failure === null || (wasConnected && failure.code === 'network-down')) continue;
    return new FailureError(failure, { cause: error });
  }
  return null;
}

/** The failure of a connection that was still being made, its TLS handshake included; `null` where it is none known. */
export function connectFailure(error: unknown, host: string): Failure | null {
  for (const { code } of causes(error)) {
    const failure = meaningOf(code, host);
    if (failure !== null) return failure;
  }
  return null;
}

function meaningOf(code: string, host: string): Failure | null {
  const reason = NETWORK_OBSTACLES.find((obstacle) => obstacle === code);
  if (reason !== undefined) return { code: 'network-down', host, reason };
  return UNTRUSTED.test(code) ? { code: 'connection-untrusted', host, reason: code } : null;
}

/** Node hides the reason in `cause`, and behind an AggregateError where a name has several addresses. */
function* causes(error: unknown): Generator<{ readonly code: string; readonly syscall: unknown }> {
  if (!(error instanceof Error)) return;
  if ('code' in error && typeof error.code === 'string') {
    yield { code: error.code, syscall: 'syscall' in error ? error.syscall : null };
  }
  if (error instanceof AggregateError) for (const inner of error.errors) yield* causes(inner);
  yield* causes(error.cause);
}
