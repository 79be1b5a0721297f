import * as v from 'valibot';
import type { Owner } from '../domain/credential.ts';
import type { Instant } from '../domain/instant.ts';
import { shownText } from './shown-text.ts';

/** What can be written to a file and sent in a header; what stands round it was not meant. */
const token = v.pipe(v.string(), v.trim(), v.regex(/^[^\s\p{Cc}\p{Cs}]+$/u));

/** By the time of the answer the code or the old refresh token is spent: nothing may stand in the access token's way. */
const ifTold = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.nullable(schema), null);

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
/** Absurd lifetimes (0, negative, 10^12) are the policy's matter. */
const seconds = ifTold(
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(DECIMAL), v.transform(Number))]),
    v.number(),
    v.finite(),
  ),
);

/** RFC 6749 section 3.3 */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** One text, as RFC 6749 has it, or a list; `null` where nothing in it is a scope. */
const scopes = ifTold(
  v.pipe(
    v.union([
      v.pipe(
        v.string(),
        v.transform((text): unknown[] => [text]),
      ),
      v.array(v.unknown()),
    ]),
    v.transform((given) => {
      const words = given.flatMap((each) => (typeof each === 'string' ? each.split(/\s+/) : []));
      const named = words.filter((word) => SCOPE.test(word));
      return named.length === 0 ? null : named;
    }),
  ),
);

/**
 * The token endpoint's success answer. Whatever holds a usable access token is one: any other field may be missing or in
 * a shape of its own, and what cannot be understood counts as not told (`facts.md` section 1).
 */
export const tokenAnswerSchema = v.object({
  access_token: token,
  expires_in: seconds,
  refresh_token: ifTold(token),
  refresh_token_expires_in: seconds,
  scope: scopes,
  account: ifTold(v.object({ uuid: ifTold(shownText), email_address: ifTold(shownText) })),
  organization: ifTold(v.object({ uuid: ifTold(shownText), name: ifTold(shownText) })),
});

/** What is left of a success answer whose access token cannot be used: the one presented is spent all the same. */
export const nextTokenSchema = v.object({ refresh_token: token });

/** What a token endpoint gave, in our words. Secret. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** `null`: the one that was presented goes on (RFC 6749 section 6). */
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
  /** The name of the host that gave it. */
  readonly issuedBy: string;
  /** Expiries count from here, by this machine's clock. */
  readonly receivedAt: Instant;
  /** How far this machine's clock is off, in seconds; 0 unless it matters. */
  readonly clockOffSeconds: number;
}

export function tokenAnswer(
  answer: v.InferOutput<typeof tokenAnswerSchema>,
  received: Pick<TokenAnswer, 'issuedBy' | 'receivedAt' | 'clockOffSeconds'>,
): TokenAnswer {
  return {
    ...received,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresIn: answer.expires_in,
    loginExpiresIn: answer.refresh_token_expires_in,
    scopes: answer.scope,
    accountUuid: answer.account?.uuid ?? null,
    email: answer.account?.email_address ?? null,
    organizationUuid: answer.organization?.uuid ?? null,
    organizationName: answer.organization?.name ?? null,
  };
}

/** Whose login it is, as far as the answer says so: no field needs to be there. */
export function ownerIn({ accountUuid, email, organizationUuid, organizationName }: TokenAnswer): Owner {
  return { accountUuid, email, displayName: null, organizationUuid, organizationName, plan: null };
}

/** Whether that is told for certain: one person may have several organisations (`facts.md` section 1). */
export function isIdentity({ accountUuid, organizationUuid }: Owner): boolean {
  return accountUuid !== null && organizationUuid !== null;
}
