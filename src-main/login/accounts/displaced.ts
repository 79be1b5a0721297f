import { withEvent } from '../../domain/history.ts';
import type { AccountRecord, StoredAccount, Vault } from '../../vault/vault.ts';
import type { Clock } from '../clock.ts';

interface DisplacedPorts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly accounts: readonly StoredAccount[];
}

/**
 * A login whose id another one has got, and which stands in no entry: under an id of its own it is lost, told and offered
 * to be put back, as any other that was taken out. Nothing where there is no copy, or it is spent. Never rejects.
 *
 * @param record what is known of it
 * @param digest of its credential
 */
export async function offerDisplaced(
  id: string,
  record: AccountRecord,
  digest: string,
  { vault, clock, accounts }: DisplacedPorts,
): Promise<void> {
  const taken = accounts.map((each) => each.id);
  const present = await vault.keepDisplaced(id, digest, taken);
  if (present === null) return;
  const history = withEvent(record.history, { at: clock.now(), kind: 'removed' });
  const change = () => ({ ...record, isOwnerSure: true, tookOver: null, history });
  await vault.learn([{ id: present.id, present, change }]);
}
