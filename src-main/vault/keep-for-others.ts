import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Credential } from '../domain/credential.ts';
import { FailureError } from '../domain/failure.ts';
import { endsInARow, loginEnd, withEvent, type HistoryEvent } from '../domain/history.ts';
import { SECOND, type Instant } from '../domain/instant.ts';
import { tokenTrace } from './credential-trace.ts';
import { reasonOf } from './files/errno.ts';
import { withLessons, type Lesson } from './lessons.ts';
import { Lineage } from './lineage.ts';
import type { Places } from './places.ts';
import { EMPTY_RECORD, type AccountRecord } from './records/account-record.ts';
import { isHidden } from './storage/secret-place.ts';
import { rememberedOf, spentOf, type StoredAccount } from './stored-accounts.ts';

/** Some programs take a file away for a moment to write it anew. */
const AWAY_FOR = SECOND;

/**
 * Hands what is about to be forgotten under an id over to the accounts that have what it was before it was renewed, of
 * this config file or another one: it is their last credential from now on, as if it had been renewed there and an older
 * file had come back since. So it is offered to be put back, and saved from all that a lost login is saved from. Not what a
 * person wants in the keychain alone, nor what is over. One answer that was lost of it counts there as well, and nothing of what
 * there was before.
 *
 * @param copyOf as `Copies.copyOf`, for that id
 * @throws FailureError `data-not-writable`
 */
export async function keepForOthers(
  id: string,
  accounts: readonly StoredAccount[],
  copyOf: () => Promise<Credential | null>,
  places: Places,
  at: Instant,
): Promise<void> {
  const known = await places.known();
  const spent = spentOf(known);
  const record = known.records.get(id) ?? EMPTY_RECORD;
  const isOver = rememberedOf(id, known).isOver || loginEnd(record.history) === 'uncertain';
  const isNobodys = isHidden(record) || isOver;
  const last = isNobodys ? null : (record.known?.token ?? null);
  const isLast = ({ credential }: StoredAccount) => tokenTrace(credential?.refreshToken ?? null) === last;
  if (last === null || spent.has(last) || accounts.some((each) => each.id !== id && isLast(each))) return;
  const lineage = new Lineage(known);
  const isBefore = (token: string | null) =>
    token !== null && token !== last && lineage.isOneLogin(token, last);
  const here = accounts.filter((each) => isBefore(lastTokenOf(each))).map((each) => each.id);
  // What cannot be read asks for nothing where nobody else is known to have it.
  const isElsewhere = known.recordsElsewhere.some((each) => isHolder(each, isBefore));
  const elsewhere = isElsewhere ? await holdersElsewhere(isBefore, places) : [];
  const copy = here.length + elsewhere.length === 0 ? null : await copyOf();
  if (copy === null) return;
  const { accessIssuedAt, issuedBy, refusedBy } = record;
  const ends = endsInARow(record.history);
  const begunAnew = (history: readonly HistoryEvent[]) =>
    endsInARow(history).length === 0 ? history : withEvent(history, { at, kind: 'adopted' });
  const lessonFor = (other: string): Lesson => ({
    id: other,
    present: { ...copy, id: other },
    spends: lineage.ancestorsOf(copy),
    change: (old) => ({
      ...old,
      accessIssuedAt,
      issuedBy,
      refusedBy,
      history: ends.reduce(withEvent, begunAnew(old.history)),
    }),
  });
  const folder = await places.folderNumber();
  for (const { path, ids } of elsewhere) {
    // First: what is known there is to be found there.
    const copies = ids.flatMap((other) => lineage.copyOf({ ...copy, id: other }));
    await places.copiesFile.keep(path, copies);
    await places.accountsFile.updateElsewhere(path, (now) => withLessons(now, ids.map(lessonFor), folder));
  }
  await places.learn(here.map(lessonFor), false);
  const { failure } = places.records;
  if (here.length > 0 && failure !== null) throw new FailureError(failure);
}

/** The trace of what an account that may be written into files had last. */
function lastTokenOf({ entry, record }: StoredAccount): string | null {
  if (record !== null && isHidden(record)) return null;
  // An entry that was spent when it was seen first is known as nobody's.
  return record?.known == null ? tokenTrace(entry?.credential.refreshToken ?? null) : record.known.token;
}

/** Those of other config files, each file's together. @throws FailureError `data-not-writable` */
async function holdersElsewhere(isBefore: (token: string | null) => boolean, places: Places) {
  const real = await places.realPath();
  const sections = await places.accountsFile.sectionsElsewhere(real);
  const found = sections.map(({ path, records }) => ({
    path,
    ids: [...records].filter(([, each]) => isHolder(each, isBefore)).map(([id]) => id),
  }));
  const areOthers = await Promise.all(
    found.map(async ({ path, ids }) => ids.length > 0 && (await isAnother(path, real))),
  );
  return found.filter((_, at) => areOthers[at]);
}

function isHolder(record: AccountRecord, isBefore: (token: string | null) => boolean): boolean {
  return !isHidden(record) && isBefore(record.known?.token ?? null);
}

/**
 * Whether there is another file: what is kept for one that is gone would lie there for good, and who signs out of a file
 * has done so by whatever name it is reached. Where its folder is gone as well it may be on a disk that comes back.
 */
export async function isAnother(path: string, real: string): Promise<boolean> {
  const look = (each: string) => stat(each, { bigint: true }).catch(reasonOf);
  const isGone = async () =>
    (await look(path)) === 'ENOENT' && typeof (await look(dirname(path))) !== 'string';
  if (await isGone()) await delay(AWAY_FOR);
  if (await isGone()) return false;
  const [there, here] = [await look(path), await look(real)];
  const areSeen = typeof there !== 'string' && typeof here !== 'string';
  return !areSeen || there.ino !== here.ino || there.dev !== here.dev;
}
