import * as v from 'valibot';
import type { Failure } from '../domain/failure.ts';
import { HOUR, SECOND } from '../domain/instant.ts';
import type { HttpAnswer } from './http.ts';
import { parseJson } from './parse-json.ts';

const sentence = v.fallback(v.string(), '');
/** RFC 6749 section 5.2 */
const flatShape = v.object({ error: v.string(), error_description: sentence });
/** Anthropic's API errors */
const nestedShape = v.object({
  error: v.object({ type: v.string(), message: sentence }),
  request_id: v.fallback(v.nullable(v.string()), null),
});

/** A refusal in which nothing stands but that it is one. */
const NO_REASON = /^\W*(request )?(forbidden|not allowed)?\W*$/i;

export interface ErrorAnswer {
  /** `error` of the flat shape, `error.type` of the nested one. */
  readonly type: string;
  readonly message: string;
  readonly requestId: string | null;
}

/** The error of an answer in either of the service's two shapes, by field; `null` where it is neither. */
export function parseErrorAnswer(body: string): ErrorAnswer | null {
  const json = parseJson(body);
  const flat = v.safeParse(flatShape, json);
  if (flat.success) {
    return {
      type: presentable(flat.output.error),
      message: presentable(flat.output.error_description),
      requestId: null,
    };
  }
  const nested = v.safeParse(nestedShape, json);
  if (!nested.success) return null;
  const requestId = nested.output.request_id;
  return {
    type: presentable(nested.output.error.type),
    message: presentable(nested.output.error.message),
    requestId: requestId !== null && /^[\w-]{1,64}$/.test(requestId) ? requestId : null,
  };
}

/**
 * A server's sentence as it may be shown: short, in one line, and without anything that could be a token, code,
 * verifier or state that the server quotes back.
 */
export function presentable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\w.~+/=#-]{24,}/g, '…')
    .slice(0, 200)
    .trim();
}

/** The failures that any endpoint of the service, or the network before it, may answer; `null` for none of these. */
export function commonFailure(answer: HttpAnswer): Failure | null {
  const { status, headers, host } = answer;
  if (headers.get('cf-mitigated') === 'challenge' || isTurnedAway(answer)) {
    return { code: 'network-challenge', host };
  }
  if (status === 429) return { code: 'rate-limited', retryAfterSeconds: retryAfterSeconds(answer) };
  if (status >= 500) return { code: 'service-down', status };
  return null;
}

/**
 * By the address that it came from: a page, or the service's own word for that (`facts.md` section 1). Where it says
 * anything else in its own shapes, of the person or their organisation, no other network helps, and its words have to
 * reach them.
 */
function isTurnedAway({ status, headers, body }: HttpAnswer): boolean {
  if (status !== 403) return status === 451;
  const error = parseErrorAnswer(body);
  if (error !== null) return error.type.toLowerCase() === 'forbidden' && NO_REASON.test(error.message);
  return headers.get('content-type')?.startsWith('text/html') ?? false;
}

/** RFC 9110 section 10.2.3: seconds or a date; at most 6 h (`facts.md` section 1), `null` where it is not told. */
export function retryAfterSeconds({ headers, receivedAt }: HttpAnswer): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - receivedAt) / SECOND);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), (6 * HOUR) / SECOND);
}
