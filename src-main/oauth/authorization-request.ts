import * as oauth from 'oauth4webapi';
import { CLIENT_ID, SCOPES } from './client.ts';

/** One attempt's secrets: each from 32 random bytes of its own, used once, never stored or logged. */
export interface AuthorizationSecrets {
  /** RFC 7636 section 4.1 */
  readonly codeVerifier: string;
  /** RFC 7636 section 4.2, method S256 */
  readonly codeChallenge: string;
  /** RFC 6749 section 10.12; 43 characters, fewer are refused by the service (`facts.md` section 1). */
  readonly state: string;
}

export async function createAuthorizationSecrets(): Promise<AuthorizationSecrets> {
  const codeVerifier = oauth.generateRandomCodeVerifier();
  return {
    codeVerifier,
    codeChallenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    state: oauth.generateRandomState(),
  };
}

/** The authorization request (RFC 6749 section 4.1.1) as the URL to open in a browser. It holds `state`: a secret. */
export function authorizationUrl(
  authorizationEndpoint: URL,
  { codeChallenge, state }: Pick<AuthorizationSecrets, 'codeChallenge' | 'state'>,
  redirectUri: string,
  /** The service's page shows the code to copy, instead of coming back (`facts.md` section 1). */
  isManual = false,
): string {
  const url = new URL(authorizationEndpoint);
  const parameters = {
    ...(isManual ? { code: 'true' } : {}),
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: SCOPES.join(' '),
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    state,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
