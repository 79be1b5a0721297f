import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';
import type { Whereabouts } from '../domain/whereabouts.ts';
import { describeAccount } from '../words/account-words.ts';
import { describeStorage } from '../words/storage-words.ts';
import { wordsFor } from '../words/words.ts';
import { idText } from './id-text.ts';
import { ENGLISH } from './terminal.ts';

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

/** An account for people. */
export function accountLines(account: Account, snapshot: Snapshot, now: Instant): readonly string[] {
  const id = idText(account.id);
  const { who, access, login } = describeAccount(ENGLISH, { ...account, id }, now);
  // Where no name is known it is the id that stands there.
  const isNamed = account.id === DEFAULT_CREDENTIAL_ID || who.endsWith(` ${id}`);
  return [
    isNamed ? who : `${who} (${id})`,
    `  ${access}`,
    ...(login === null ? [] : [`  ${login}`]),
    storedLine(account, snapshot),
  ];
}

/** Where its tokens are. */
export function storedLine(account: Account, snapshot: Snapshot): string {
  const words = wordsFor('en', snapshot.surroundings.home);
  return `  Stored: ${describeStorage(words, account, snapshot)}`;
}
