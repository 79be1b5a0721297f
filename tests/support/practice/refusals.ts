import type { Answer } from './answer.ts';

/** An answer as a mood has it. */
export type Refusal = Answer & { readonly kind: 'answer' };

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Refusal {
  return { kind: 'answer', status, body, headers };
}

/** Anthropic's API errors; OAuth's own are flat (RFC 6749 section 5.2). */
function nested(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): Refusal {
  return answer(status, { type: 'error', error: { type, message }, request_id: 'req_practice' }, headers);
}

/** The answers other than good ones, by name: the table in `facts.md` section 1, and worse. */
export const REFUSALS = {
  invalidGrant: answer(400, { error: 'invalid_grant', error_description: 'grant request is invalid' }),
  invalidGrantNested: nested(400, 'invalid_grant', 'grant request is invalid'),
  malformed: nested(400, 'invalid_request_error', 'Invalid request format'),
  rateLimited: nested(429, 'rate_limit_error', 'Rate limited. Please try again later.'),
  rateLimitedFor: (seconds: number) =>
    nested(429, 'rate_limit_error', 'Rate limited. Please try again later.', {
      'Retry-After': String(seconds),
    }),
  challenge: answer(403, '<!doctype html><title>Just a moment...</title>', {
    'Content-Type': 'text/html; charset=UTF-8',
    'cf-mitigated': 'challenge',
  }),
  gone: answer(404, '<!doctype html><title>Not Found</title>', { 'Content-Type': 'text/html' }),
  notFound: nested(404, 'not_found_error', 'Not found'),
  broken: nested(500, 'api_error', 'Internal server error'),
  down: nested(503, 'api_error', 'Service unavailable'),
  downFor: (seconds: number) =>
    nested(503, 'api_error', 'Service unavailable', { 'Retry-After': String(seconds) }),
  redirected: answer(307, '', { Location: 'http://localhost:1/elsewhere' }),
  notJson: answer(200, '<!doctype html><title>Welcome</title>', { 'Content-Type': 'text/html' }),
  oversized: answer(200, ' '.repeat(512 * 1024), { 'Content-Type': 'application/json' }),
  headerMissing: nested(401, 'authentication_error', 'OAuth authentication is currently not supported.'),
  expired: nested(
    401,
    'authentication_error',
    'OAuth token has expired. Please obtain a new token or refresh your existing token.',
  ),
  organizationNotAllowed: nested(
    401,
    'authentication_error',
    'OAuth authentication is currently not allowed for this organization.',
  ),
  scopeMissing: nested(403, 'permission_error', 'OAuth token does not meet scope requirement user:profile'),
  forbidden: nested(403, 'permission_error', 'Your account does not have access.'),
  keyUnknown: nested(401, 'authentication_error', 'invalid x-api-key'),
  keyForbidden: nested(403, 'permission_error', 'This API key is not allowed to list models.'),
  noCredit: nested(
    400,
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  versionMissing: nested(400, 'invalid_request_error', 'anthropic-version: header is required'),
  claudeCodeOnly: nested(
    400,
    'invalid_request_error',
    'This credential is only authorized for use with Claude Code and cannot be used for other API requests.',
  ),
};
