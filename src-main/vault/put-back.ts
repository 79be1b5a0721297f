import type { Credential } from '../domain/credential.ts';
import { FailureError } from '../domain/failure.ts';
import type { Places } from './places.ts';
import { setOrAdd } from './placing.ts';
import type { AccountRecord } from './records/accounts-file.ts';
import { rememberedOf } from './stored-accounts.ts';

/**
 * Puts the copy of an account's last good credential back into `config.yaml`.
 *
 * @param copy `null`: there is none
 * @returns false where there is none
 * @throws FailureError what stands in the way of writing
 */
export async function putBack(
  id: string,
  copy: Credential | null,
  change: (record: AccountRecord) => AccountRecord,
  places: Places,
): Promise<boolean> {
  if (copy === null) return false;
  const knowledge = await places.records.readAsFarAsPossible();
  const { failure } = await places.edit((content) =>
    setOrAdd({ ...copy, id }, content, rememberedOf(id, knowledge)),
  );
  if (failure !== null) throw new FailureError(failure);
  await places.learn([{ id, present: { ...copy, id }, change }], false);
  await places.forgetKept([id]);
  return true;
}
