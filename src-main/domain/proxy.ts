/** What stands between this machine and the service. */
export interface Proxy {
  /** How it is spoken to: HTTP in clear text, HTTP over TLS, or SOCKS5 (RFC 1928), which looks names up itself. */
  readonly kind: 'http' | 'https' | 'socks5';
  /** A name or an address; an IPv6 one without brackets. */
  readonly host: string;
  readonly port: number;
  /** `null` where it asks for none, as far as anybody said. */
  readonly user: string | null;
  /** Secret. */
  readonly password: string | null;
}

/** What is wrong with an address: no host or port can be read out of it; a kind we do not speak; more than an address. */
export const PROXY_FLAWS = ['not-an-address', 'unknown-kind', 'has-path'] as const;
export type ProxyFlaw = (typeof PROXY_FLAWS)[number];

/** Whether a way in which a proxy takes logins is one that Latchkey speaks. */
export function isSpoken(scheme: string): boolean {
  return scheme === 'Basic' || scheme === 'SOCKS5';
}

const KINDS: Readonly<Record<string, Proxy['kind'] | undefined>> = {
  http: 'http',
  https: 'https',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
};

const PORTS: Readonly<Record<Proxy['kind'], number>> = { http: 80, https: 443, socks5: 1080 };

/**
 * Reads `host:port` or `scheme://user:password@host:port`, as people write it into variables and fields. Without a
 * scheme it is HTTP.
 */
export function readProxy(text: string): Proxy | ProxyFlaw {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const kind = KINDS[scheme.toLowerCase()];
  if (kind === undefined) return 'unknown-kind';
  // As one scheme hosts are brought into their usual form, as the other no port counts as left out.
  const [whole, asIs] = [URL.parse(`http://${rest}`), URL.parse(`proxy://${rest}`)];
  if (whole === null || asIs === null || asIs.hostname === '' || asIs.port === '0') return 'not-an-address';
  if (!['', '/'].includes(asIs.pathname) || asIs.search !== '' || asIs.hash !== '') return 'has-path';
  return {
    kind,
    host: withoutBrackets(whole.hostname),
    port: asIs.port === '' ? PORTS[kind] : Number(asIs.port),
    user: decoded(asIs.username),
    password: decoded(asIs.password),
  };
}

function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A URL writes an IPv6 address in brackets, and sockets take it without. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** `proxy.example:3128`, as a person is told of it. */
export function nameOf({ host, port }: Pick<Proxy, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The address as it may be kept in a file: with the user, without the password. */
export function addressWithoutPassword(proxy: Proxy): string {
  const user = proxy.user === null ? '' : `${encodeURIComponent(proxy.user)}@`;
  return `${proxy.kind}://${user}${nameOf(proxy)}`;
}

/** Whether an address may be kept in a file: it is a proxy's, and no password is in it. */
export function isKeepable(address: string): boolean {
  const proxy = readProxy(address);
  return typeof proxy !== 'string' && proxy.password === null;
}

/** Which proxy is taken: as environment and system say, none, or the one at `address`. */
export interface ProxySetting {
  readonly use: 'system' | 'none' | 'this';
  /** What the person typed, kept also while another choice is made; never with a password. */
  readonly address: string;
}

export const PROXY_USES = ['system', 'none', 'this'] as const satisfies readonly ProxySetting['use'][];
