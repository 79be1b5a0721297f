import type { Revocation } from '../domain/revocation.ts';
import { CLIENT_ID } from './client.ts';
import { parseErrorAnswer } from './error-answer.ts';
import { ask, type Http } from './http.ts';

/**
 * Asks the service to revoke a refresh token, and with it the login (RFC 7009 section 2.1), in JSON as its other
 * endpoints take it. Unproven at the real service (`facts.md` section 1). Never rejects: no answer is one, too.
 */
export async function revoke(
  url: URL,
  refreshToken: string,
  http: Http,
  signal: AbortSignal,
): Promise<Revocation> {
  try {
    const { status, body } = await ask(http, url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: refreshToken, token_type_hint: 'refresh_token', client_id: CLIENT_ID }),
      signal,
    });
    // RFC 7009 section 2.2: the status alone says it. What says "error" all the same is not believed.
    const isRevoked = status >= 200 && status < 300 && parseErrorAnswer(body) === null;
    return isRevoked ? { outcome: 'revoked' } : { outcome: 'refused', status };
  } catch {
    return { outcome: 'no-answer' };
  }
}
