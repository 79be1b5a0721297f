import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { Answer } from './answer.ts';
import { personOf, profileOf } from './people.ts';
import { REFUSALS } from './refusals.ts';
import { withoutPrefix } from './token-text.ts';

/** Tells whose access token it is, or why the API would not take it (`facts.md` section 1). */
export async function answerProfileRequest(
  authority: Provider,
  { headers }: IncomingMessage,
): Promise<Answer> {
  if (headers['anthropic-beta'] !== 'oauth-2025-04-20') return REFUSALS.headerMissing;
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const text = withoutPrefix('access', bearer);
  const token = text === null ? undefined : await authority.AccessToken.find(text);
  if (token === undefined) return REFUSALS.expired;
  if (!token.scopes.has('user:profile')) return REFUSALS.scopeMissing;
  return { status: 200, body: profileOf(personOf(token.accountId)) };
}
