import type { Credential } from '../domain/credential.ts';
import { entryChange, type EntryChange } from '../domain/entry-change.ts';
import { entryLoss, loginEnd, withEvent, type HistoryEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { CLIENT_ID } from '../oauth/client.ts';
import { credentialDigest } from '../vault/credential-digest.ts';
import type { AccountRecord, StoredAccount, Vault } from '../vault/vault.ts';
import type { Clock } from './clock.ts';

/** Whether we may refresh a credential: it has a token for that, and one of our client. */
export function isRefreshable(
  credential: Credential,
): credential is Credential & { readonly refreshToken: string } {
  return credential.refreshToken !== null && credential.clientId === CLIENT_ID;
}

/** What another program did to an account's entry, as far as it is not in the account's history yet. */
export function unnoticedChange(
  { entry, record, isRescued }: StoredAccount,
  isFileReadable: boolean,
  now: Instant,
): EntryChange | 'back' {
  // While the file cannot be read, or waits for the credential that we rescued, its entry, or that it has none, says
  // nothing.
  if (!isFileReadable || isRescued) return 'same';
  // Entries of other clients are none of our business until one of ours is lost to them.
  if (record?.known == null && (entry === null || !isRefreshable(entry))) return 'same';
  const found = entry === null ? null : asFound(entry);
  const change = entryChange(record?.known ?? null, found, now);
  const loss = entryLoss(record?.history ?? []);
  if (change === 'same') return loss === null ? 'same' : 'back';
  return change === loss ? 'same' : change;
}

/**
 * Compares an account's entry with what we know of it, takes over what is newer, and writes what another program did
 * into the account's history. To be called while nobody else of ours changes credentials (`Vault.exclusively`).
 *
 * @returns how the entry stands to the last credential of ours
 * @throws FailureError `data-not-writable`
 */
export async function reconcile(
  id: string,
  { vault, clock }: { readonly vault: Vault; readonly clock: Clock },
): Promise<EntryChange> {
  const { account, isFileReadable } = await vault.find(id);
  if (account === null) return 'same';
  const now = clock.now();
  const change = unnoticedChange(account, isFileReadable, now);
  const { entry, record } = account;
  switch (change) {
    case 'same':
      return entryLoss(record?.history ?? []) ?? 'same';
    case 'back':
      await vault.saveRecord(id, (old) => noted(old, { at: now, kind: 'put-back' }));
      return 'same';
    case 'new':
    case 'adopt':
      if (entry !== null) {
        await vault.remember(entry, (old) => ({
          ...noted(old, { at: now, kind: 'adopted' }),
          ...(isLoginOver(old, now) ? { loginIssuedAt: null, loginExpiresAt: null } : {}),
          isOwnerSure: false,
          accessIssuedAt: now,
        }));
      }
      return change;
    case 'removed':
    case 'replaced':
      await vault.saveRecord(id, (old) => noted(old, { at: now, kind: change }));
      return change;
  }
}

/** The login we knew has ended: a credential that another program has now comes from a sign-in of its own. */
function isLoginOver({ loginExpiresAt, history }: AccountRecord, now: Instant): boolean {
  return loginEnd(history) === 'refused' || (loginExpiresAt !== null && loginExpiresAt <= now);
}

function noted(record: AccountRecord, event: HistoryEvent): AccountRecord {
  return { ...record, history: withEvent(record.history, event) };
}

function asFound(entry: Credential) {
  return {
    digest: credentialDigest(entry),
    accessExpiresAt: entry.accessExpiresAt,
    refreshable: isRefreshable(entry),
  };
}
