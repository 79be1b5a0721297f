import type { ServerResponse } from 'node:http';
import * as v from 'valibot';

/** How an endpoint behaves instead of well: the rows of the table in `facts.md` section 1, and worse. */
export const moodSchema = v.strictObject({
  endpoint: v.picklist(['authorize', 'token', 'profile']),
  /** How many requests it lasts; for ever where it is left out. */
  times: v.optional(v.number()),
  behaviour: v.variant('kind', [
    v.strictObject({ kind: v.literal('well') }),
    v.strictObject({
      kind: v.literal('answer'),
      status: v.number(),
      body: v.optional(v.unknown()),
      headers: v.optional(v.record(v.string(), v.string()), {}),
    }),
    /** The connection ends before the request is looked at. */
    v.strictObject({ kind: v.literal('reset') }),
    /** The request is carried out and its answer thrown away. */
    v.strictObject({ kind: v.literal('lose-answer') }),
    /** Never answers, and carries nothing out. */
    v.strictObject({ kind: v.literal('hang') }),
    v.strictObject({ kind: v.literal('slow'), milliseconds: v.number() }),
    /** Changes the fields of a good answer; `null` takes one away. */
    v.strictObject({ kind: v.literal('change'), fields: v.record(v.string(), v.unknown()) }),
    /** The clock of the server is that far ahead. */
    v.strictObject({ kind: v.literal('clock'), aheadSeconds: v.number() }),
    /** The authorization endpoint comes back with an error at once. */
    v.strictObject({ kind: v.literal('authorization-error'), error: v.string() }),
  ]),
});

export type Mood = v.InferInput<typeof moodSchema>;
export type Behaviour = v.InferOutput<typeof moodSchema>['behaviour'];
export type MoodyEndpoint = Mood['endpoint'];

/** The moods of the moment. */
export class Moods {
  readonly #moods = new Map<MoodyEndpoint, { behaviour: Behaviour; left: number }>();

  set(mood: Mood): void {
    const { endpoint, behaviour, times } = v.parse(moodSchema, mood);
    this.#moods.set(endpoint, { behaviour, left: times ?? Infinity });
  }

  /** The behaviour for the next request of an endpoint. */
  next(endpoint: MoodyEndpoint): Behaviour {
    const mood = this.#moods.get(endpoint);
    if (mood === undefined) return { kind: 'well' };
    mood.left -= 1;
    if (mood.left <= 0) this.#moods.delete(endpoint);
    return mood.behaviour;
  }
}

const nested = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_practice',
});
const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  ({ kind: 'answer', status, body, headers }) as const;

/** The answers that `facts.md` section 1 lists, by name. */
export const REFUSALS = {
  invalidGrant: answer(400, { error: 'invalid_grant', error_description: 'grant request is invalid' }),
  malformed: answer(400, nested('invalid_request_error', 'Invalid request format')),
  rateLimited: answer(429, { error: { type: 'rate_limit_error', message: 'Rate limited.' } }),
  rateLimitedFor: (seconds: number) =>
    answer(
      429,
      { error: { type: 'rate_limit_error', message: 'Rate limited.' } },
      { 'Retry-After': String(seconds) },
    ),
  challenge: answer(403, '<!doctype html><title>Just a moment...</title>', {
    'Content-Type': 'text/html; charset=UTF-8',
    'cf-mitigated': 'challenge',
  }),
  gone: answer(404),
  down: answer(503),
  scopeMissing: answer(
    403,
    nested('permission_error', 'OAuth token does not meet scope requirement user:profile'),
  ),
  forbidden: answer(403, nested('permission_error', 'Your account does not have access.')),
  headerMissing: answer(
    401,
    nested('authentication_error', 'OAuth authentication is currently not supported.'),
  ),
  expired: answer(
    401,
    nested(
      'authentication_error',
      'OAuth token has expired. Please obtain a new token or refresh your existing token.',
    ),
  ),
  claudeCodeOnly: answer(
    400,
    nested(
      'invalid_request_error',
      'This credential is only authorized for use with Claude Code and cannot be used for other API requests.',
    ),
  ),
  organizationNotAllowed: answer(
    401,
    nested('authentication_error', 'OAuth authentication is currently not allowed for this organization.'),
  ),
} as const;

/** Carries out what needs nothing of the request; false where the request is to be carried out. */
export function behaveInstead(behaviour: Behaviour, response: ServerResponse): boolean {
  if (behaviour.kind === 'hang') return true;
  if (behaviour.kind === 'reset') {
    response.destroy();
    return true;
  }
  if (behaviour.kind !== 'answer') return false;
  const isText = typeof behaviour.body === 'string';
  response.writeHead(behaviour.status, {
    'Content-Type': isText ? 'text/plain' : 'application/json',
    ...behaviour.headers,
  });
  response.end(isText ? behaviour.body : JSON.stringify(behaviour.body ?? {}));
  return true;
}
