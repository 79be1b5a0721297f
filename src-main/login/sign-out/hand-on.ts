import { endsInARow, withEvent } from '../../domain/history.ts';
import { adoption, reconcile } from '../accounts/reconcile.ts';
import type { LoginPorts } from '../ports.ts';
import type { AccountRecord, Lesson, StoredAccount } from '../../vault/vault.ts';

/**
 * What another program wrote over a login that stands under another id as well, or in another config file, may be that,
 * renewed, or somebody else's: while nobody has told the other entry counts as spent. Before what was written is signed out
 * of the other one gets it, as if it had been written there: it is told as replaced, and whoever learns whose that is gives
 * back what it has. So where somebody has told, and that settles nothing. Answers that were lost of it count there as well.
 * To be called in `Vault.exclusively`.
 *
 * @throws FailureError `data-not-writable`
 */
export async function handOn(
  { id, record }: StoredAccount,
  ports: Pick<LoginPorts, 'vault' | 'clock'>,
): Promise<void> {
  const { vault, clock } = ports;
  if (record?.tookOver == null) return;
  const { digest } = record.tookOver;
  const now = clock.now();
  const { refusedBy } = record;
  const ends = endsInARow(record.history);
  const withEnds = (after: AccountRecord | null) =>
    after && { ...after, refusedBy, history: ends.reduce(withEvent, after.history) };
  const handed = ({ change, ...lesson }: Lesson): Lesson => ({
    ...lesson,
    change: (old) => withEnds(change(old)),
  });
  await vault.adoptElsewhere(
    digest,
    () => vault.copyOf(id),
    (other, present) => handed(adoption({ ...other, storage: 'config-file' }, present, now)),
  );
  const { accounts } = await vault.load();
  const others = accounts.filter((each) => each.id !== id && each.record?.known?.digest === digest);
  const copy = others.length === 0 ? null : await vault.copyOf(id);
  if (copy === null) return;
  await vault.learn(others.map((each) => handed(adoption(each, { ...copy, id: each.id }, now))));
  await reconcile(ports);
}

/** Once it is signed out of: what it seemed to take the place of is spent no more where somebody has it who got nothing. */
export async function dropGuess(
  { record }: StoredAccount,
  { vault }: Pick<LoginPorts, 'vault'>,
): Promise<void> {
  if (record?.tookOver == null) return;
  await vault.unspendGuess(record.tookOver, record.known?.token ?? null);
}
