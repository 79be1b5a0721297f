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

/** The id for one account more: `default`, `account-2`, `account-3` …, the first that is not taken. */
export function freeCredentialId(taken: readonly string[]): string {
  let id = DEFAULT_CREDENTIAL_ID;
  for (let number = 2; taken.includes(id); number++) id = `account-${number}`;
  return id;
}

/** Whether two credentials belong to one identity; false while the service has not told enough of either. */
export function isSameOwner(one: Owner | null, other: Owner | null): boolean {
  return (
    one?.accountUuid != null &&
    one.accountUuid === other?.accountUuid &&
    one.organizationUuid === other.organizationUuid
  );
}
