import type { Instant } from '../domain/instant.ts';
import { madePrivate } from './lessons.ts';
import type { Places } from './places.ts';
import { idsOf, isDone, keptEdits } from './placing.ts';
import type { AccountRecord } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';
import { isOfIts } from './stored-accounts.ts';

/**
 * Writes kept credentials to `config.yaml`, all in one edit. Never rejects: what stands in the way is among `load`'s
 * troubles. To be called in `exclusively`: it might forget a newer one of another Latchkey.
 */
export async function saveAgain(at: Instant, places: Places): Promise<void> {
  const known = await places.known();
  const ours: readonly KeptCredential[] = [...known.kept.values()];
  const kept = [...ours, ...known.elsewhere];
  if (kept.length === 0) return;
  let done: readonly KeptCredential[] = [];
  let written: readonly (readonly [KeptCredential, readonly string[]])[] = [];
  const { failure, madePrivateFrom } = await places.edit((content) => {
    const edits = kept.map((each) => [each, keptEdits(each, content, known)] as const);
    written = edits.flatMap(([each, own]) => (own.length > 0 ? [[each, idsOf(own)] as const] : []));
    done = kept.filter((each) => isDone(each, content, known));
    return edits.flatMap(([, own]) => own);
  });
  if (failure !== null) return;
  await places.learn(
    written.flatMap(([each, ids]) => {
      const { credential, replaces } = each;
      const isKnownAs = (id: string) => {
        const last = known.records.get(id)?.known ?? null;
        return last !== null && isOfIts(each, last);
      };
      // What is known of a login that has another id by now is for `reconcile` to bring along, whosever that id was.
      const about = ids.filter((id) => id === credential.id || isKnownAs(id));
      return about.map((id) => ({
        id,
        present: { ...credential, id },
        spends: replaces,
        change: (record: AccountRecord) => madePrivate(record, madePrivateFrom, at),
      }));
    }),
    false,
  );
  // What waits for another config file is that one's to forget: its ids are no ids of ours.
  const needless = [...done, ...written.map(([each]) => each)].filter((each) => ours.includes(each));
  await places.forgetKept(needless.map(({ credential }) => credential.id));
}
