import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';
import { describeAccount } from '../words/snapshot-words.ts';
import { tilde } from '../words/tilde.ts';
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
  /** `null` where another program took it away and no copy is at hand. */
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
    storage: isNowhere(account) ? null : account.storedIn,
  };
}

export function rfc3339(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function isNowhere({ storedIn, troubles }: Account): boolean {
  return storedIn === 'rescue' && troubles.some((trouble) => 'copy' in trouble && !trouble.copy);
}

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
export function storedLine(account: Account, { isFileReadable, surroundings }: Snapshot): string {
  return `  Stored: ${place()}`;

  function place(): string {
    if (account.storedIn === 'config-file') return tilde(surroundings.configFile, surroundings.home);
    if (isNowhere(account)) return 'nowhere';
    // What cannot be read may hold them as well.
    return isFileReadable ? 'kept by Latchkey, not in the config file' : 'kept by Latchkey';
  }
}
