import { compareOwners, type Owner } from '../../domain/credential.ts';
import { isLeftToClaudeCode } from '../../vault/records/account-record.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Clock } from '../clock.ts';
import { giveBack } from './displaced.ts';

/**
 * The service has told whose an account's credential is, of which nobody was sure. Where that is whose the one before it
 * was, that one is spent; where it is somebody else, that one is given back. To be called while nobody else changes
 * credentials. Never rejects.
 *
 * @param digest of the credential
 * @returns whether that settles it: of somebody who signed in by another client only a renewal tells
 */
export async function learnOwner(
  id: string,
  digest: string,
  owner: Owner,
  { vault, clock }: { readonly vault: Vault; readonly clock: Clock },
): Promise<boolean> {
  const { accounts } = await vault.load();
  const { record = null, entry = null } = accounts.find((each) => each.id === id) ?? {};
  // Another credential, or none, has come while the service was asked.
  if (record?.known == null || record.isOwnerSure || record.known.digest !== digest) return true;
  // What Claude Code got for itself is no successor of ours, whosever it is.
  const isTheirs = isLeftToClaudeCode(record);
  // What the service leaves out tells nothing against it.
  const compared = isTheirs ? 'another' : compareOwners(owner, record.owner);
  if (compared === 'same' && entry?.credential.clientId === '') return false;
  if (compared === 'another') await giveBack(id, record, { vault, clock, accounts });
  await vault.saveRecord(id, (now) => {
    if (now.known?.digest !== digest) return now;
    const sure = { ...now, owner, isOwnerSure: true };
    if (compared === 'same') return { ...sure, tookOver: null };
    // Whose the one before it was nobody knows: a refusal may tell more.
    if (compared === 'unknown') return sure;
    // The end that was known is another login's.
    return { ...sure, loginIssuedAt: null, loginExpiresAt: null };
  });
  if (compared !== 'same') return true;
  // Whoever has another data folder may hold the one before it, and would present it.
  const former = record.tookOver?.token ?? null;
  if (former !== null) await vault.tellSpent(former, record.known.token);
  await vault.former.letGo();
  return true;
}
