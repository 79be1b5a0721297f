import type { Credential } from '../../domain/credential.ts';
import { hasLostAnswer, isGotByUs, loginEnd, sinceLastGood } from '../../domain/history.ts';
import type { RevocationObstacle } from '../../domain/revocation.ts';
import { isRefreshable } from '../../vault/credential-trace.ts';
import type { StoredAccount } from '../../vault/vault.ts';

/** A login that the service may be asked to revoke, and who gave it. Secret. */
export interface Revocable {
  readonly credential: Credential & { readonly refreshToken: string };
  /** The name of the token host that gave it. */
  readonly issuedBy: string;
}

/**
 * Whether an account's login, as it is stored, may be revoked once it is signed out: it is ours alone, in its place, and
 * its refresh token the last that the service gave us. A spent one is never presented, and a login that another program
 * may go on with is not ended for it.
 */
export function revocableOf(account: StoredAccount | null): Revocable | RevocationObstacle {
  if (account?.credential == null || !isRefreshable(account.credential)) return 'nothing';
  const { credential, record, lock, change, whereabouts, twins } = account;
  const { history = [], issuedBy = null } = record ?? {};
  if (loginEnd(history) !== null || hasLostAnswer(history)) return 'over';
  // What is offered in the place of a spent one lives.
  if (account.isSpent) return account.hasCopy ? 'others' : 'over';
  if (twins.length > 0) return 'shared';
  const isInPlace = lock === null && change === 'same' && whereabouts === 'config-file';
  // Whoever took it out, or wrote another one there, may have it still.
  const wasTouched = sinceLastGood(history).some(({ kind }) => kind === 'removed' || kind === 'replaced');
  const isOurs = record?.isOwnerSure === true && isGotByUs(history);
  if (!isInPlace || wasTouched || !isOurs) return 'others';
  return issuedBy === null ? 'not-the-issuer' : { credential, issuedBy };
}
