import type { Instant } from './instant.ts';
import type { Account } from './snapshot.ts';
import { standingOf } from './standing.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What `status --json` answers: names and meanings are a contract. A field more is no new version. */
export interface StatusJson {
  readonly version: 1;
  readonly accounts: readonly AccountJson[];
}

/** An account as `--json` tells it: names and meanings are a contract. */
export interface AccountJson {
  readonly id: string;
  readonly standing: string;
  /** RFC 3339, as is the next; `null` where unknown. */
  readonly access_expires_at: string | null;
  readonly login_expires_at: string | null;
  readonly email: string | null;
  readonly organization: string | null;
  /** `null` where nothing is stored, or nobody can tell. */
  readonly storage: string | null;
}

export function statusJson(accounts: readonly Account[], now: Instant): StatusJson {
  return { version: 1, accounts: accounts.map((account) => accountJson(account, now)) };
}

export function accountJson(account: Account, now: Instant): AccountJson {
  return {
    id: account.id,
    standing: standingOf(account, now),
    access_expires_at: rfc3339(account.accessExpiresAt),
    login_expires_at: rfc3339(account.loginExpiresAt),
    email: account.owner?.email ?? null,
    organization: account.owner?.organizationName ?? null,
    storage: STORAGE[account.whereabouts],
  };
}

export function rfc3339(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** `null` where nothing is stored, or nobody can tell. */
const STORAGE: Readonly<Record<Whereabouts, string | null>> = {
  'config-file': 'config-file',
  'own-folder': 'own-folder',
  memory: 'memory',
  copy: 'copy',
  nowhere: null,
  unknown: null,
};
