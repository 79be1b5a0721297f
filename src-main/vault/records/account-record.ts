import type { Owner } from '../../domain/credential.ts';
import type { KnownCredential } from '../../domain/entry-change.ts';
import type { HistoryEvent } from '../../domain/history.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Storage } from '../../domain/storage.ts';

/** What we know of an account beyond its credential. Not secret. */
export interface AccountRecord {
  readonly owner: Owner | null;
  /** False after another program's credential was taken over, until the service has told whose it is. */
  readonly isOwnerSure: boolean;
  /** When the access token was received. */
  readonly accessIssuedAt: Instant | null;
  /** When the login began and ends; refreshing moves neither (`facts.md` section 1). */
  readonly loginIssuedAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
  /** The name of the token host that gave the last credential of ours: only its refusal ends the login. */
  readonly issuedBy: string | null;
  /** The name of the token host that says it is over, where nobody knows who gave it. */
  readonly refusedBy: string | null;
  /** The trace of the refresh token that was Claude Code's own when it was adopted: it says nothing of any other token. */
  readonly claudeCodes: string | null;
  /** What happened lately, oldest first. */
  readonly history: readonly HistoryEvent[];
  /**
   * The credential that the present one took the place of when another program's was adopted, until it is known whose
   * that is: only then its token is spent for certain.
   */
  readonly tookOver: FormerCredential | null;
  /** The credential this record is about; `null` before the first. */
  readonly known: KnownCredential | null;
  /** The digests of other logins that stood under the account's id when it was looked at last. */
  readonly beside: readonly string[];
  /** Where its secrets lie. */
  readonly storage: Storage;
  /** The id that it had until another login got that; `null`: it was never displaced. */
  readonly displacedFrom: string | null;
  /** The config file under whose name the keychain has its secret, while that has not followed its file yet. */
  readonly movedFrom: string | null;
  /** The config file that it was known in before it followed that here: where what stood in it is put back it returns. */
  readonly cameFrom: string | null;
  /**
   * Our own folder when the credential was learnt, as the file system numbers it: a copy of that folder, on another
   * computer or from a backup, has another number. `null`: nobody knows.
   */
  readonly learntIn: string | null;
}

/** What is known of a credential that seems to have given way, as `AccountRecord` knew it of the present one. */
export interface FormerCredential
  extends Pick<KnownCredential, 'digest' | 'token'>, Pick<AccountRecord, 'accessIssuedAt' | 'issuedBy'> {}

/** Whether the credential it is about is the login that Claude Code keeps for itself. */
export function isLeftToClaudeCode({ claudeCodes, known }: AccountRecord): boolean {
  return claudeCodes !== null && claudeCodes === known?.token;
}

export const EMPTY_RECORD: AccountRecord = {
  owner: null,
  isOwnerSure: true,
  accessIssuedAt: null,
  loginIssuedAt: null,
  loginExpiresAt: null,
  issuedBy: null,
  refusedBy: null,
  claudeCodes: null,
  history: [],
  tookOver: null,
  known: null,
  beside: [],
  storage: 'config-file',
  displacedFrom: null,
  movedFrom: null,
  cameFrom: null,
  learntIn: null,
};
