import type { Instant } from './instant.ts';

/** What an OAuth answer gives, stored under an `id` in `config.yaml` (`facts.md` section 3). Secret: stays in main. */
export interface Credential {
  readonly id: string;
  readonly clientId: string;
  readonly accessToken: string;
  /** `null` when the answer carried none: such a credential cannot be refreshed. */
  readonly refreshToken: string | null;
  /** End of the access token; `null` when unknown. */
  readonly accessExpiresAt: Instant | null;
  readonly scopes: readonly string[];
}

/** Who a credential belongs to. One person may have several organisations: both uuids together are the identity. */
export interface Owner {
  readonly accountUuid: string | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly organizationUuid: string | null;
  readonly organizationName: string | null;
  /** The plan in the service's own word, for instance `max` or `pro`; `null` when not told. */
  readonly plan: string | null;
}

/** The first account's id, as the seed's config block has it. */
export const DEFAULT_CREDENTIAL_ID = 'default';

/** Where a login is stored, and what a person should know of that. */
export interface Place {
  readonly id: string;
  /** `already`: one account more was asked for, and it is there. `apart`: another one was asked for, and left alone. */
  readonly surprise: 'already' | 'apart' | null;
}

/** An account, as far as it tells whose it is. */
export interface KnownPlace {
  readonly id: string;
  /** `null`: not certain. */
  readonly owner: Owner | null;
  /** It has to be taken for somebody else's. */
  readonly isOthers?: boolean;
}

/**
 * Where a login goes that `owner` has approved: under the id that was asked for (`null`: one account more), but never
 * over an account that is known to be somebody else's. Whoever approves is decided in the browser, and the person may
 * have overlooked who is signed in there.
 *
 * @param known every account; without an owner where that is not certain
 * @param free an id that nobody has
 */
export function placeFor(
  askedFor: string | null,
  owner: Owner,
  known: readonly KnownPlace[],
  free: string,
): Place {
  const asked = known.find(({ id }) => id === askedFor);
  const isTheirs =
    asked !== undefined && (asked.isOthers === true || compareOwners(owner, asked.owner) === 'another');
  if (askedFor !== null && !isTheirs) return { id: askedFor, surprise: null };
  const own = known.find((each) => compareOwners(owner, each.owner) === 'same');
  const id = own?.id ?? free;
  if (isTheirs) return { id, surprise: 'apart' };
  return { id, surprise: own === undefined ? null : 'already' };
}

/** `default`, `account-2`, `account-3` …: the first that is not taken. */
export function freeCredentialId(taken: readonly string[]): string {
  let id = DEFAULT_CREDENTIAL_ID;
  for (let number = 2; taken.includes(id); number++) id = `account-${number}`;
  return id;
}

/** `unknown` while the service has not told enough of both. */
export function compareOwners(one: Owner, other: Owner | null): 'same' | 'another' | 'unknown' {
  const pairs = [
    [one.accountUuid, other?.accountUuid ?? null],
    [one.organizationUuid, other?.organizationUuid ?? null],
  ] as const;
  if (pairs.some(([a, b]) => a !== null && b !== null && a !== b)) return 'another';
  return pairs.every(([a, b]) => a !== null && a === b) ? 'same' : 'unknown';
}
