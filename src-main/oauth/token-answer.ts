import * as v from 'valibot';
import type { Instant } from '../domain/instant.ts';

const text = v.nullish(v.string());
/** Absurd lifetimes (0, negative, 10^12) are the policy's matter; what is no number at all counts as not told. */
const seconds = v.fallback(v.nullish(v.pipe(v.number(), v.finite())), null);

/** The token endpoint's success answer: any field but the first may be missing (`facts.md` section 1). */
export const tokenAnswerSchema = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  token_type: v.optional(v.string(), 'Bearer'),
  expires_in: seconds,
  refresh_token: v.nullish(v.pipe(v.string(), v.minLength(1))),
  refresh_token_expires_in: seconds,
  scope: text,
  account: v.fallback(v.nullish(v.object({ uuid: text, email_address: text })), null),
  organization: v.fallback(v.nullish(v.object({ uuid: text, name: text })), null),
});

/** What a token endpoint gave, in our words. Secret. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Seconds from `receivedAt`, as told. */
  readonly expiresIn: number | null;
  /** Seconds from `receivedAt` until the whole login ends, as told. */
  readonly loginExpiresIn: number | null;
  /** `null`: as asked for (RFC 6749 section 5.1). */
  readonly scopes: readonly string[] | null;
  readonly accountUuid: string | null;
  readonly email: string | null;
  readonly organizationUuid: string | null;
  readonly organizationName: string | null;
  /** Expiries count from here, by this machine's clock. */
  readonly receivedAt: Instant;
  /** How far this machine's clock is off, in seconds; 0 unless it matters. */
  readonly clockOffSeconds: number;
}

export function tokenAnswer(
  answer: v.InferOutput<typeof tokenAnswerSchema>,
  received: Pick<TokenAnswer, 'receivedAt' | 'clockOffSeconds'>,
): TokenAnswer {
  return {
    ...received,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    expiresIn: answer.expires_in ?? null,
    loginExpiresIn: answer.refresh_token_expires_in ?? null,
    scopes: answer.scope?.split(' ').filter((scope) => scope !== '') ?? null,
    accountUuid: answer.account?.uuid ?? null,
    email: answer.account?.email_address ?? null,
    organizationUuid: answer.organization?.uuid ?? null,
    organizationName: answer.organization?.name ?? null,
  };
}
