import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import * as v from 'valibot';
import { readJson, type Answer } from './answer.ts';
import { FORM_REVOCATION_PATH } from './authority.ts';
import { REFUSALS } from './refusals.ts';
import { withoutPrefix } from './token-text.ts';

/** The body of `facts.md` section 1. */
const requestSchema = v.object({
  token: v.string(),
  token_type_hint: v.literal('refresh_token'),
  client_id: v.string(),
});

/** Carries out a revocation (RFC 7009): JSON outside, the authority's form inside. */
export async function answerRevocationRequest(
  authority: Provider,
  request: IncomingMessage,
): Promise<Answer> {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  const asked = v.safeParse(requestSchema, await readJson(request));
  if (!isJson || !asked.success) return REFUSALS.malformed;
  const token = withoutPrefix('refresh', asked.output.token);
  // RFC 7009 section 2.2: a token that nobody knows is as good as revoked.
  if (token === null) return { status: 200 };
  const form = new URLSearchParams({ ...asked.output, token });
  const answer = await fetch(authority.issuer + FORM_REVOCATION_PATH, { method: 'POST', body: form });
  const body = await answer.text();
  return answer.ok ? { status: 200 } : { status: answer.status, body: JSON.parse(body) as unknown };
}
