import { FailureError, type VariableFlaw } from '../domain/failure.ts';
import { isLoopback } from '../domain/loopback.ts';
import { TOKEN_HOSTS } from '../domain/settings.ts';

/** Where the authorization server and the API answer (`facts.md` section 1). */
export interface Endpoints {
  readonly authorizeUrl: URL;
  /** In the order they are tried; a further one is asked only where the one before certainly processed nothing. */
  readonly tokenUrls: readonly URL[];
  /** The environment says which token URL comes first: nothing else is to decide that. */
  readonly isTokenUrlGiven: boolean;
  /** Where logins are revoked, on the token URL's server; `null` where nobody knows. */
  readonly revocationUrl: URL | null;
  readonly apiUrl: URL;
}

const AUTHORIZE_URL = 'https://claude.ai/oauth/authorize';
// The second is the seed's, which has answered 404 since June 2026 (`facts.md` section 1): for when that changes again.
const TOKEN_URLS = [
  'https://platform.claude.com/v1/oauth/token',
  'https://console.anthropic.com/v1/oauth/token',
];
// Seen in other clients' code, and nobody has shown that it works (`facts.md` section 1).
const REVOCATION_URL = 'https://platform.claude.com/v1/oauth/revoke';
const MANUAL_REDIRECT_URI = 'https://platform.claude.com/oauth/code/callback';
const API_URL = 'https://api.anthropic.com';

/**
 * The endpoints from what the environment says, `undefined` meaning the default.
 *
 * @throws FailureError `environment-invalid` unless each is https, or http to loopback (RFC 8252 section 8.3)
 */
export function readEndpoints(given: {
  readonly authorizeUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly apiUrl: string | undefined;
}): Endpoints {
  const isTokenUrlGiven = given.tokenUrl !== undefined;
  const tokenUrls = TOKEN_URLS.map((url) => new URL(url));
  const tokenUrl = isTokenUrlGiven ? parseEndpoint('LATCHKEY_TOKEN_URL', given.tokenUrl) : null;
  const isTheService = tokenUrl === null || isOneOf(TOKEN_URLS, tokenUrl);
  return {
    authorizeUrl: parseEndpoint('LATCHKEY_AUTHORIZE_URL', given.authorizeUrl ?? AUTHORIZE_URL),
    tokenUrls: isTheService ? withFirst(tokenUrls, tokenUrl?.host) : [tokenUrl],
    isTokenUrlGiven,
    revocationUrl: isTheService ? new URL(REVOCATION_URL) : beside(tokenUrl),
    apiUrl: parseEndpoint('LATCHKEY_API_URL', given.apiUrl ?? API_URL),
  };
}

/** The same with this host's token URL asked first; the same where it has none, or the environment has decided. */
export function preferTokenHost(endpoints: Endpoints, host: string): Endpoints {
  const { tokenUrls, isTokenUrlGiven } = endpoints;
  return isTokenUrlGiven ? endpoints : { ...endpoints, tokenUrls: withFirst(tokenUrls, host) };
}

/** Whether two token hosts, by their names, know the same logins: the service has several. */
export function isSameService(one: string, other: string): boolean {
  const ofTheService: readonly string[] = TOKEN_HOSTS;
  return one === other || [one, other].every((host) => ofTheService.includes(host));
}

/** A token goes to the server that gave it, and to no other. */
function beside(tokenUrl: URL): URL | null {
  return tokenUrl.pathname.endsWith('/token') ? new URL('revoke', tokenUrl) : null;
}

function withFirst(urls: readonly URL[], host: string | undefined): readonly URL[] {
  const isFirst = (url: URL) => url.host === host;
  return [...urls.filter(isFirst), ...urls.filter((url) => !isFirst(url))];
}

function isOneOf(urls: readonly string[], { href }: URL): boolean {
  return urls.includes(href);
}

/**
 * Where the service shows the code to copy instead of coming back to this machine (`facts.md` section 1): a page of its
 * own, whichever of its token hosts answers.
 */
export function manualRedirectUri({ tokenUrls: [tokenUrl] }: Endpoints): string {
  const isTheService = tokenUrl !== undefined && isOneOf(TOKEN_URLS, tokenUrl);
  return isTheService ? MANUAL_REDIRECT_URI : new URL('/oauth/code/callback', tokenUrl).href;
}

function parseEndpoint(variable: string, value: string): URL {
  const refuse = (reason: VariableFlaw) =>
    new FailureError({ code: 'environment-invalid', variable, reason });
  // The value itself stays out of the message: it may carry a password.
  if (!URL.canParse(value)) throw refuse('not-a-url');
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw refuse('not-https');
  }
  if (url.username !== '' || url.password !== '') throw refuse('has-credentials');
  if (url.hash !== '') throw refuse('has-fragment');
  return url;
}

function allUrls(endpoints: Endpoints): readonly URL[] {
  const { authorizeUrl, tokenUrls, revocationUrl, apiUrl } = endpoints;
  return [authorizeUrl, ...tokenUrls, ...(revocationUrl === null ? [] : [revocationUrl]), apiUrl];
}

export function areAllLoopback(endpoints: Endpoints): boolean {
  return allUrls(endpoints).every(isLoopback);
}

/** Whether a sign-in would be one with Anthropic itself, so that its terms are the person's to know. */
export function reachesAnthropic(endpoints: Endpoints): boolean {
  return allUrls(endpoints).some(({ hostname }) =>
    /(^|\.)(anthropic\.com|claude\.ai|claude\.com)$/.test(hostname),
  );
}

/** The hosts that differ from the defaults, for the banner; `null` while all are the defaults. */
export function otherHosts(endpoints: Endpoints): readonly string[] | null {
  const defaults = new Set([AUTHORIZE_URL, ...TOKEN_URLS, REVOCATION_URL, new URL(API_URL).href]);
  const others = allUrls(endpoints).filter(({ href }) => !defaults.has(href));
  return others.length === 0 ? null : [...new Set(others.map(({ host }) => host))];
}
