import type { ApiKey } from './api-key.ts';
import type { Instant } from './instant.ts';
import type { Account } from './snapshot.ts';
import { standingOf } from './standing.ts';
import type { KeyStorage } from './storage.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What `status --json` answers: names and meanings are a contract. A field more is no new version. */
export interface StatusJson {
  readonly version: 1;
  readonly accounts: readonly AccountJson[];
  readonly api_key: Pick<KeyJson, 'present' | 'start'>;
}

/** The API key as `key status --json` tells it: names and meanings are a contract. */
export interface KeyJson {
  readonly present: boolean;
  /** The first 11 characters of a key; `null` where there is none, or it is of an unknown form. */
  readonly start: string | null;
  /** A placeholder is filled in by other programs. */
  readonly kind: 'key' | 'placeholder' | null;
  /** Where it lies; `null` where there is none. */
  readonly storage: KeyStorage | null;
  /** How many keys stand under `api_keys`. */
  readonly listed: number;
  /** RFC 3339, as is the next; `null` where unknown, or never. */
  readonly since: string | null;
  readonly tested_at: string | null;
  /** `fine`, or the code of why Claude did not take it; `null` before the first test. */
  readonly result: string | null;
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

export function statusJson(accounts: readonly Account[], apiKey: ApiKey, now: Instant): StatusJson {
  const { present, start } = keyJson(apiKey);
  return {
    version: 1,
    accounts: accounts.map((account) => accountJson(account, now)),
    api_key: { present, start },
  };
}

/** How much of a key's beginning is told: as much as tells its kind. */
const START = 11;

export function keyJson({ own, storage, listed, since, test }: ApiKey): KeyJson {
  return {
    present: own !== null,
    start: own?.kind === 'key' && own.start !== '' ? own.start.slice(0, START) : null,
    kind: own?.kind ?? null,
    storage: own === null ? null : storage,
    listed: listed.length,
    since: rfc3339(since),
    tested_at: rfc3339(test?.at ?? null),
    result: test === null ? null : (test.failure?.code ?? 'fine'),
  };
}

export function accountJson(account: Account, now: Instant): AccountJson {
  return {
    id: account.id,
    standing: standingOf(account, now),
    access_expires_at: rfc3339(account.accessExpiresAt),
    login_expires_at: rfc3339(account.loginExpiresAt),
    email: account.owner?.email ?? null,
    organization: account.owner?.organizationName ?? null,
    storage: account.whereabouts === 'config-file' ? account.storage : STORAGE[account.whereabouts],
  };
}

export function rfc3339(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** `null` where nothing is stored, or nobody can tell. */
const STORAGE: Readonly<Record<Exclude<Whereabouts, 'config-file'>, string | null>> = {
  'own-folder': 'own-folder',
  memory: 'memory',
  copy: 'copy',
  nowhere: null,
  unknown: null,
};
