import { rfc3339 } from '../domain/status-json.ts';

/** What `latchkey token` prints. */
export function tokenAnswer(token: string, expiresAt: number | null, json: boolean): string {
  return json ? JSON.stringify({ access_token: token, access_expires_at: rfc3339(expiresAt) }) : token;
}
