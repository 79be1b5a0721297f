import type { Credential } from '../../../src-main/domain/credential.ts';
import type { AccountRecord, Stored, Vault } from '../../../src-main/vault/vault.ts';

/** Stores a credential as a sign-in does. */
export function saveCredential(
  vault: Vault,
  credential: Credential,
  change: (record: AccountRecord) => AccountRecord,
): Promise<Stored> {
  return vault.store({ credential, sent: null, at: Date.now(), change }, null);
}
