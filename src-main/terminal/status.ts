import { describeFailure } from '../domain/failure-words.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';
import { describeAccount } from '../domain/words.ts';

/** An account as `--json` tells it: names and meanings are a contract. */
export interface AccountJson {
  readonly id: string;
  readonly standing: string;
  /** RFC 3339, as is the next; `null` where unknown. */
  readonly access_expires_at: string | null;
  readonly login_expires_at: string | null;
  readonly email: string | null;
  readonly organization: string | null;
  readonly storage: string;
}

export function accountJson(account: Account, now: Instant): AccountJson {
  return {
    id: account.id,
    standing: standingOf(account, now),
    access_expires_at: rfc3339(account.accessExpiresAt),
    login_expires_at: rfc3339(account.loginExpiresAt),
    email: account.owner?.email ?? null,
    organization: account.owner?.organizationName ?? null,
    storage: account.storedIn,
  };
}

export function rfc3339(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** An account for people. */
export function accountLines(account: Account, configFile: string, now: Instant): readonly string[] {
  const { who, access, login } = describeAccount(account, now);
  const place = account.storedIn === 'config-file' ? configFile : 'kept by Latchkey, not in the config file';
  return [
    who,
    `  ${access}`,
    ...(login === null ? [] : [`  ${login}`]),
    `  Stored: ${place}`,
    ...account.troubles.map(
      (trouble) => `  ⚠ ${describeFailure(trouble, 'refresh').title} [${trouble.code}]`,
    ),
  ];
}
