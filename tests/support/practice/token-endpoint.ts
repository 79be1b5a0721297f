import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import * as v from 'valibot';
import { readJson, type Answer } from './answer.ts';
import { FORM_TOKEN_PATH } from './authority.ts';
import { inTokenAnswer, personOf } from './people.ts';
import { REFUSALS } from './refusals.ts';
import { withoutPrefix, withPrefix } from './token-text.ts';

/** The two bodies of `facts.md` section 1. */
const requestSchema = v.variant('grant_type', [
  v.object({
    grant_type: v.literal('authorization_code'),
    code: v.string(),
    state: v.pipe(v.string(), v.minLength(43)),
    client_id: v.string(),
    redirect_uri: v.string(),
    code_verifier: v.string(),
  }),
  v.object({
    grant_type: v.literal('refresh_token'),
    client_id: v.string(),
    refresh_token: v.string(),
  }),
]);

const grantedSchema = v.object({
  access_token: v.string(),
  refresh_token: v.string(),
  expires_in: v.number(),
  token_type: v.string(),
  scope: v.string(),
});

/** Carries out a token request: Anthropic's JSON outside, the authority's form inside. */
export async function answerTokenRequest(authority: Provider, request: IncomingMessage): Promise<Answer> {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  const asked = v.safeParse(requestSchema, await readJson(request));
  if (!isJson || !asked.success) return REFUSALS.malformed;
  const form = new URLSearchParams(asked.output);
  if (asked.output.grant_type === 'refresh_token') {
    const token = withoutPrefix('refresh', asked.output.refresh_token);
    if (token === null) return REFUSALS.invalidGrant;
    form.set('refresh_token', token);
  }

  const answer = await fetch(authority.issuer + FORM_TOKEN_PATH, { method: 'POST', body: form });
  const body: unknown = await answer.json();
  if (!answer.ok) return { status: answer.status, body };

  const { access_token, refresh_token, ...granted } = v.parse(grantedSchema, body);
  const login = await authority.RefreshToken.find(refresh_token);
  return {
    status: 200,
    body: {
      ...granted,
      access_token: withPrefix('access', access_token),
      refresh_token: withPrefix('refresh', refresh_token),
      refresh_token_expires_in: login?.remainingTTL,
      ...(login === undefined ? {} : inTokenAnswer(personOf(login.accountId))),
    },
  };
}
