import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { awaitSocket } from './await-socket.ts';

/** The peer could not prove who it is. */
export class Untrusted extends Error {
  override readonly name = 'Untrusted';
  readonly code: string;
  /** Whoever signed its certificate, where it is they who are not trusted. */
  readonly issuer: string | null;

  constructor(code: string, issuer: string | null, options: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.issuer = issuer;
  }
}

/** What OpenSSL says where it is the issuer that nobody here knows. */
const UNKNOWN_ISSUER =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/**
 * Speaks TLS over a connection, HTTP/1.1 inside.
 *
 * @throws Untrusted, or what became of the connection
 */
export async function secured(
  socket: Socket,
  host: string,
  context: SecureContext,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const servername = isIP(host) === 0 ? host : '';
  const secure = connect({ socket, host, servername, secureContext: context, ALPNProtocols: ['http/1.1'] });
  let issuer: string | null = null;
  // Before Node judges the certificate, and closes: afterwards nobody can tell whose it was.
  secure.prependOnceListener('secure', () => (issuer = issuerOf(secure)));
  try {
    await awaitSocket<null>(secure, signal, (done) => secure.once('secureConnect', () => done(null)));
    return secure;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!UNKNOWN_ISSUER.test(code)) throw error;
    throw new Untrusted(code, issuer, { cause: error });
  }
}

/** "Example Corp": as the certificate has it, short and in one line. */
function issuerOf(secure: TLSSocket): string | null {
  const { issuer } = secure.getPeerCertificate() as Partial<ReturnType<TLSSocket['getPeerCertificate']>>;
  const name: unknown = issuer?.O ?? issuer?.CN;
  const first: unknown = Array.isArray(name) ? name[0] : name;
  if (typeof first !== 'string') return null;
  return first
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 80);
}
