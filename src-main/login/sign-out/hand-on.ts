import { adoption, reconcile } from '../accounts/reconcile.ts';
import type { LoginPorts } from '../ports.ts';
import type { StoredAccount } from '../../vault/vault.ts';

/**
 * What another program wrote over one of two entries of a login may be that, renewed, or somebody else's: while nobody has
 * told the other entry counts as spent. Before the one is signed out of the other one gets what was written, as if it had
 * been written there: it is told as replaced, and whoever learns whose that is gives back what it has.
 */
export async function handOn(
  { id, record }: StoredAccount,
  ports: Pick<LoginPorts, 'vault' | 'clock'>,
): Promise<void> {
  const { vault, clock } = ports;
  if (record?.tookOver == null || record.isOwnerSure) return;
  const { digest } = record.tookOver;
  const { accounts } = await vault.load();
  const others = accounts.filter((each) => each.id !== id && each.record?.known?.digest === digest);
  const copy = others.length === 0 ? null : await vault.copyOf(id);
  if (copy === null) return;
  const now = clock.now();
  await vault.learn(others.map((each) => adoption(each, { ...copy, id: each.id }, now)));
  await reconcile(ports);
}
