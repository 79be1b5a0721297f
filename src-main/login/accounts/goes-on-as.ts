import { compareOwners } from '../../domain/credential.ts';
import { bringsCredential, entryLoss, loginEnd, type EventKind } from '../../domain/history.ts';
import { isLeftToClaudeCode } from '../../vault/records/account-record.ts';
import type { AccountRecord, StoredAccount } from '../../vault/vault.ts';

/**
 * The id that a login whose entry is lost seems to go on under: one that another program has filled since we got the
 * last credential of ours, or the one that ours had itself until another login got it, and where a program has written
 * since; as far as anybody has told not with somebody else's login. That may be ours, renewed: what we hold is spent then,
 * and to present it could end both. `null` for none.
 */
export function goesOnAs({ id, record }: StoredAccount, accounts: readonly StoredAccount[]): string | null {
  if (record === null || entryLoss(record.history) === null) return null;
  return accounts.find((each) => each.id !== id && mayBeSuccessor(each, record))?.id ?? null;
}

function mayBeSuccessor({ id, record }: StoredAccount, lost: AccountRecord): boolean {
  if (record === null || loginEnd(record.history) === 'refused') return false;
  // What Claude Code got for itself is nobody's successor.
  if (isLeftToClaudeCode(record)) return false;
  if (record.isOwnerSure && record.owner !== null && compareOwners(record.owner, lost.owner) === 'another')
    return false;
  const { accessIssuedAt: issuedAt, history } = lost;
  const lostAt = history.findLast(({ kind }) => isLoss(kind))?.at ?? -Infinity;
  // A program that held ours goes on writing where it was, whatever stands there by now.
  const isBack = record.history.some(({ kind, at }) => kind === 'adopted' && at > lostAt);
  if (id === lost.displacedFrom && isBack) return true;
  // What came back is what was there before it was gone.
  const turns = record.history.filter(
    ({ kind }) => bringsCredential(kind) || isGone(kind) || kind === 'put-back',
  );
  return turns.some(({ at, kind }, turn) => {
    const before = turns[turn - 1]?.kind;
    const isFilled = kind === 'adopted' && (before === undefined || isGone(before));
    // What came at the very look at which ours was first seen stood beside it.
    return isFilled && (issuedAt === null ? at >= lostAt : at > issuedAt);
  });
}

function isLoss(kind: EventKind): boolean {
  return kind === 'removed' || kind === 'replaced';
}

/** Whatever comes to the id after that is no successor of what was there. */
function isGone(kind: EventKind): boolean {
  return kind === 'signed-out' || isLoss(kind);
}
