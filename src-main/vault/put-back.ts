import type { Credential } from '../domain/credential.ts';
import { FailureError } from '../domain/failure.ts';
import { credentialDigest } from './credential-trace.ts';
import type { Places } from './places.ts';
import { setOrAdd } from './placing.ts';
import type { AccountRecord } from './records/accounts-file.ts';
import { rememberedOf, spentOf } from './stored-accounts.ts';

/**
 * Puts the copy of an account's last good credential back into `config.yaml`.
 *
 * @param over as of `setOrAdd`
 * @returns false where another program has put something else there since
 * @throws FailureError what stands in the way of writing
 */
export async function putBack(
  id: string,
  copy: Credential,
  over: string | null,
  change: (record: AccountRecord) => AccountRecord,
  places: Places,
): Promise<boolean> {
  const known = await places.known();
  const memory = rememberedOf(id, { ...known, spent: spentOf(known) });
  let isPlaced = false as boolean;
  const { failure } = await places.edit((content) => {
    const edits = setOrAdd({ ...copy, id }, content, memory, over);
    isPlaced = edits.length > 0;
    return edits;
  });
  if (failure !== null) throw new FailureError(failure);
  if (!isPlaced) return false;
  // What waited may be known to nobody but by itself (`keep-drafts.ts`).
  const waited = [...known.kept.values()].find(
    ({ credential }) => credentialDigest(credential) === credentialDigest(copy),
  );
  await places.learn([{ id, present: { ...copy, id }, spends: waited?.replaces ?? [], change }], false);
  await places.forgetKept([id]);
  return true;
}
