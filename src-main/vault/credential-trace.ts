import { createHash } from 'node:crypto';
import { CLIENT_ID } from '../domain/client-id.ts';
import type { Credential } from '../domain/credential.ts';
import type { Trace } from '../domain/entry-change.ts';

/** Whether a credential may be renewed: it has a token for that, and one of our client, however that is written (RFC 9562). */
export function isRefreshable(
  credential: Credential,
): credential is Credential & { readonly refreshToken: string } {
  return isToken(credential.refreshToken) && credential.clientId.toLowerCase() === CLIENT_ID;
}

/** What is taken from an answer (`oauth/token-answer.ts`) has to count as one when it is read again. */
export function isToken(text: string | null): text is string {
  const isOneWord = text !== null && /^[^\s\p{Cc}\p{Cs}]+$/u.test(text);
  return isOneWord && !PLACEHOLDER.test(text) && !SAMPLE.test(text);
}

/** Some files hold one for their reader to fill: `${VAR}`, `$VAR`, `%VAR%`, `{{var}}`, `<token>`; or a token left out. */
const PLACEHOLDER = /^(\$\{.*\}|\$\w+|%\w+%|\{\{.*\}\}|<.*>|\*+)$|\u2026|\.\.\./u;

/** Samples say in words what is to be there: `YOUR_REFRESH_TOKEN`, `replace-me`. */
const SAMPLE = /^(your|insert|replace|change)[a-z_-]+$/i;

/**
 * Whether a program may have got it: censored, encrypted or a secret's address for a while, neither of its texts can be a
 * token. Those have other characters (RFC 6750 section 2.1), and as many as nobody guesses (RFC 6749 section 10.10). One
 * that is of such a form is enough: what the other looks like is the service's choice.
 */
export function mayBeGot({ accessToken, refreshToken }: Credential): boolean {
  return TOKEN.test(accessToken) || TOKEN.test(refreshToken ?? '');
}

/** 128 bits take 22 of these. */
const TOKEN = /^[\w.~+/-]{22,}=*$/;

/** What may be remembered and compared of a credential. */
export function traceOf(credential: Credential): Trace {
  const isGot = mayBeGot(credential);
  return {
    digest: credentialDigest(credential),
    access: accessTrace(credential.accessToken),
    token: tokenTrace(credential.refreshToken),
    accessExpiresAt: credential.accessExpiresAt,
    refreshable: isGot && isRefreshable(credential),
    isClientUntold: isGot && isToken(credential.refreshToken) && credential.clientId === '',
  };
}

/** Tells credentials apart. */
export function credentialDigest({
  accessToken,
  refreshToken,
}: Pick<Credential, 'accessToken' | 'refreshToken'>): string {
  return digest(JSON.stringify([accessToken, refreshToken]));
}

/** Tells access tokens apart. */
function accessTrace(accessToken: string): string {
  return digest(`access token ${accessToken}`);
}

/** Tells refresh tokens apart. */
export function tokenTrace(refreshToken: string): string;
export function tokenTrace(refreshToken: string | null): string | null;
export function tokenTrace(refreshToken: string | null): string | null {
  return refreshToken === null ? null : digest(`refresh token ${refreshToken}`);
}

/** Tokens have far more than 128 random bits: nothing can be learned from a digest of them. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
