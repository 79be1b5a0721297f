import { entryLoss } from '../domain/history.ts';
import { credentialDigest } from './credential-trace.ts';
import type { CredentialPlace, PlacedCredential } from './place.ts';
import type { AccountRecord } from './records/account-record.ts';

/**
 * The ids in a place under which the last copy of another login may lie: of one that is lost, or seemed to give way to its
 * successor. It is not to be written over, or forgotten, before it lies elsewhere on disk. Never rejects.
 *
 * @param elsewhere what lies elsewhere on disk
 * @returns `null` where the place does not answer
 */
export async function idsOfLast(
  place: CredentialPlace,
  records: ReadonlyMap<string, AccountRecord>,
  elsewhere: readonly PlacedCredential[],
): Promise<ReadonlySet<string> | null> {
  const safe = new Set(elsewhere.map(digestOf));
  const sought = [...records.values()]
    .flatMap(({ history, known, tookOver }) => [tookOver, entryLoss(history) === null ? null : known])
    .flatMap((each) => (each === null || safe.has(each.digest) ? [] : each.digest));
  // Asking a keychain is a process of its own.
  if (sought.length === 0) return new Set();
  const copies = await place.read();
  if (copies === null) return null;
  // Under another id, as that of a twin, it is one copy more.
  const isOwn = (copy: PlacedCredential) => records.get(copy.credential.id)?.known?.digest === digestOf(copy);
  for (const copy of copies.filter(isOwn)) safe.add(digestOf(copy));
  const others = copies.filter((copy) => sought.includes(digestOf(copy)) && !safe.has(digestOf(copy)));
  return new Set(others.map(({ credential }) => credential.id));
}

function digestOf({ credential }: PlacedCredential): string {
  return credentialDigest(credential);
}
