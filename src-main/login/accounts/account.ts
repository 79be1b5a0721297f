import { plausibleExpiry } from '../../domain/lifetime.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Failure } from '../../domain/failure.ts';
import { entryLoss, isAnotherKeepers, isGotByUs, refusalsInARow } from '../../domain/history.ts';
import type { Account } from '../../domain/snapshot.ts';
import { ownCredential, type StoredAccount } from '../../vault/vault.ts';
import { credentialDigest, isRefreshable } from '../../vault/credential-trace.ts';

/** What is known of an account beyond what is stored. */
export interface AccountNow {
  readonly at: Instant;
  readonly refreshing: boolean;
  /** The id that it seems to go on under, where its entry is lost: what is held of it must not be put back then. */
  readonly goesOnAs: string | null;
  /** Why the keychain would not take what renews it, where that is there alone. */
  readonly secretsObstacle: Failure | null;
  /** Our own folder, as `AccountRecord.learntIn`. */
  readonly folder: string | null;
  /** How far this machine's clock is off, as the last refresh found; 0 unless it matters. */
  readonly clockOffSeconds: number;
}

/** An account as the faces may see it: the credential without its secrets, and what we know of its owner. */
export function accountOf(stored: StoredAccount, configFile: string, now: AccountNow): Account {
  const { id, credential, record, whereabouts } = stored;
  const isLost = stored.lock !== null && stored.lock !== 'pending' && stored.lock.code === 'secret-missing';
  return {
    id,
    owner: record?.owner ?? null,
    accessIssuedAt: record?.accessIssuedAt ?? null,
    accessExpiresAt: accessEnd(stored, now.at),
    loginIssuedAt: record?.loginIssuedAt ?? null,
    // Of one that nothing can renew any more nobody can say how long it lasts.
    loginExpiresAt: isLost ? null : (record?.loginExpiresAt ?? null),
    // What the keychain keeps to itself for a while is there all the same.
    refreshable:
      stored.lock !== null ||
      (credential !== null && isRefreshable(credential) && !isAnotherKeepers(record?.history ?? [])),
    refreshing: now.refreshing,
    whereabouts: now.goesOnAs !== null && whereabouts === 'copy' ? 'nowhere' : whereabouts,
    storage: stored.storage,
    history: record?.history ?? [],
    troubles: troublesOf(stored, configFile, now),
  };
}

function accessEnd(stored: StoredAccount, now: Instant): Instant | null {
  const credential = ownCredential(stored);
  const known = stored.record?.known ?? null;
  const isOfIt = credential !== null && credentialDigest(credential) === known?.digest;
  // An end that is absurd would come to make sense with time.
  const foundAt = Math.min(now, (isOfIt ? stored.record?.accessIssuedAt : null) ?? now);
  const isRenewed = credential !== null && isRefreshable(credential);
  const plausible = (end: Instant | null | undefined) => plausibleExpiry(end ?? null, foundAt, isRenewed);
  const told = plausible(known?.accessExpiresAt);
  const written = plausible(credential?.accessExpiresAt) ?? told;
  // What the service told of this very token gets no later, whatever another program writes beside it.
  const isTold = isOfIt && isGotByUs(stored.record?.history ?? []);
  return isTold && told !== null && written !== null ? Math.min(written, told) : written;
}

function troublesOf(
  { id, record, hasCopy, entry, twins, twinToKeep, beside, lock, storage }: StoredAccount,
  path: string,
  { clockOffSeconds, secretsObstacle, folder, goesOnAs }: AccountNow,
): readonly Failure[] {
  const history = record?.history ?? [];
  const loss = entryLoss(history);
  const refusal = refusalsInARow(history).at(-1);
  const troubles: Failure[] = [];
  if (lock !== null && lock !== 'pending') troubles.push(lock);
  // It is held still, and cannot be renewed.
  if (lock === null && storage !== 'config-file' && secretsObstacle?.code === 'keychain-unavailable') {
    troubles.push({ code: 'secret-locked', reason: secretsObstacle.reason });
  }
  const learntIn = record?.learntIn ?? null;
  const isCopied = hasCopy && folder !== null && learntIn !== null && learntIn !== folder;
  const offer = { copy: hasCopy, ...(isCopied && ({ copied: true } as const)) };
  const held = { path, ...(goesOnAs === null ? offer : { copy: false, goesOnAs }) };
  if (loss === 'removed') troubles.push({ code: 'entry-removed', ...held });
  if (loss === 'replaced') troubles.push({ code: 'entry-replaced', ...held });
  // Of the keychain there is the present word.
  const isOfKeychain =
    refusal?.failure.code === 'secret-locked' || refusal?.failure.code === 'secret-missing';
  if (loss === null && refusal !== undefined && !isOfKeychain) troubles.push(refusal.failure);
  if (entry !== null && beside.length > 0) troubles.push({ code: 'id-shared', id });
  if (twins.length > 0) {
    troubles.push({ code: 'login-shared', others: twins, ...(twinToKeep !== null && { keep: twinToKeep }) });
  }
  if (entry !== null && !entry.expiryReadable && isRefreshable(entry.credential)) {
    troubles.push({ code: 'expiry-not-understood', path, value: short(entry.expiryText) });
  }
  if (clockOffSeconds !== 0) troubles.push({ code: 'clock-off', seconds: clockOffSeconds });
  return troubles;
}

/** Others wrote it: it may be long, and hold more than letters. */
function short(text: string): string {
  const letters = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return letters.length > 40 ? `${letters.slice(0, 40)}…` : letters;
}
