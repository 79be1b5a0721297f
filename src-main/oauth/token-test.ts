import * as v from 'valibot';
import type { Owner } from '../domain/credential.ts';
import { failureOf, type AnswerOddity, type Failure } from '../domain/failure.ts';
import { commonFailure, parseErrorAnswer } from './error-answer.ts';
import { ask, type Http, type HttpAnswer } from './http.ts';
import { parseJson } from './parse-json.ts';
import { shownText } from './shown-text.ts';

const text = v.fallback(v.nullable(shownText), null);
const flag = v.nullish(v.boolean());

const profileSchema = v.object({
  account: v.object({
    uuid: text,
    email: text,
    display_name: text,
    full_name: text,
    has_claude_max: flag,
    has_claude_pro: flag,
  }),
  organization: v.nullish(v.object({ uuid: text, name: text, organization_type: text })),
});

/** What a test told: who the token belongs to, or why it would not say. */
export type TokenTest =
  { readonly owner: Owner; readonly failure: null } | { readonly owner: null; readonly failure: Failure };

/**
 * Tests an access token with the profile endpoint, which costs nothing (`facts.md` section 1). A refusal is expected
 * with such tokens and is an answer, not an error.
 *
 * @throws only the signal's reason, when aborted
 */
export async function testToken(
  apiUrl: URL,
  accessToken: string,
  http: Http,
  signal: AbortSignal,
): Promise<TokenTest> {
  try {
    const answer = await ask(http, new URL('/api/oauth/profile', apiUrl), {
      headers: { Authorization: `Bearer ${accessToken}`, 'anthropic-beta': 'oauth-2025-04-20' },
      signal,
    });
    if (answer.status !== 200) return { owner: null, failure: refusal(answer) };
    const profile = v.safeParse(profileSchema, parseJson(answer.body));
    if (profile.success) return { owner: asOwner(profile.output), failure: null };
    return {
      owner: null,
      failure: {
        code: 'answer-unexpected',
        host: answer.host,
        reason: 'not-a-profile' satisfies AnswerOddity,
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    return { owner: null, failure: failureOf(error) };
  }
}

function asOwner({ account, organization }: v.InferOutput<typeof profileSchema>): Owner {
  const plan = account.has_claude_max
    ? 'max'
    : account.has_claude_pro
      ? 'pro'
      : organization?.organization_type;
  return {
    accountUuid: account.uuid,
    email: account.email,
    displayName: account.display_name ?? account.full_name,
    organizationUuid: organization?.uuid ?? null,
    organizationName: organization?.name ?? null,
    plan: plan ?? null,
  };
}

/**
 * The API's refusals, told apart as `facts.md` section 1 lists them. By status and type where these tell; where one
 * type stands for several cases the service has no field for the difference, and only its sentence has.
 */
function refusal(answer: HttpAnswer): Failure {
  const common = commonFailure(answer);
  if (common !== null) return common;
  const message = parseErrorAnswer(answer.body)?.message ?? '';
  const { status } = answer;
  if (status === 401 && message.startsWith('OAuth token has expired')) return { code: 'test-token-expired' };
  if (status === 401 && message.startsWith('OAuth authentication is currently not supported')) {
    return { code: 'test-header-missing' };
  }
  if (status === 401 && message.endsWith('not allowed for this organization.')) {
    return { code: 'test-organization-not-allowed' };
  }
  if (status === 400 && message.startsWith('This credential is only authorized for use with Claude Code')) {
    return { code: 'test-claude-code-only' };
  }
  const scope = /scope requirement (user:\w+)/.exec(message)?.[1];
  if (status === 403 && scope !== undefined) return { code: 'test-scope-missing', scope };
  return { code: 'test-forbidden', status, message };
}
