import { readFile, stat } from 'node:fs/promises';
import { compareOwners, freeCredentialId } from '../../domain/credential.ts';
import { entryChange, type Memory } from '../../domain/entry-change.ts';
import { errnoOf } from '../files/errno.ts';
import { resolveLinks } from '../files/atomic-write.ts';
import { writeObstacle } from '../files/writable.ts';
import { credentialDigest, traceOf } from '../credential-trace.ts';
import type { ConfigEntry } from '../config/config-file.ts';
import type { Places } from '../places.ts';
import type { AccountRecord, Section } from '../records/accounts-file.ts';
import { rememberedOf } from '../stored-accounts.ts';
import { isHidden } from './secret-place.ts';

/** An account that was known in a file that is this one by now. */
interface Moved {
  /** The config file it was known in. */
  readonly from: string;
  /** Its id there, and in this one. */
  readonly id: string;
  readonly as: string;
  readonly record: AccountRecord;
}

/** What is known, kept and in the keychain of config files that were moved to where this one is. */
export class MovedHere {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /** Whether anything waits for `follow`. The keychain is asked nothing. Never rejects. */
  async isAny(): Promise<boolean> {
    return (await movedHere(this.#places).catch(() => [])).length > 0;
  }

  /** Makes it this file's. To be called in `Vault.exclusively`. @throws FailureError what cannot be read */
  async follow(): Promise<void> {
    await followMoved(this.#places);
  }
}

/**
 * Accounts that were known in a config file that leads here by now, as where a program for dotfiles has made it a link:
 * nothing else can be meant by its name. And those that have their secrets in the keychain and were known in one that was
 * moved: it is gone, and what it said of them, or of their neighbours, stands in this one. Where somebody else's login has
 * such an id here ours gets another one; while nobody has told whose that is it may be the successor of ours. A file that
 * was copied keeps them: two files must not renew one login. What has moved away from here and left its secret behind
 * comes back in any case: a home that a container mounts elsewhere seems moved in there. So does once what followed a
 * backup that was looked at while the file itself was gone, when that is restored. A sign-in that waits for a file,
 * and is not in it, is of the name by which that was reached: a file that nobody may write is another one with every
 * generation of a system.
 */
async function movedHere(places: Places): Promise<readonly Moved[]> {
  const { records, recordsElsewhere, spent } = await places.records.read();
  if (recordsElsewhere.every(({ known }) => known === null)) return [];
  const real = await places.realPath();
  const found: Moved[] = [];
  for (const section of await places.accountsFile.sectionsElsewhere(real)) {
    const way = await wayTo(section.path, real);
    const waiting = section.name === places.name ? await signInsFor(section.path, places) : [];
    const candidates = [...section.records].filter(
      ([id, record]) => mayBeHere(record, way, real) || waiting.includes(id),
    );
    if (candidates.length === 0) continue;
    const { entries } = await places.rawConfigFile.read();
    const isNeighbourHere = hasEntry(section, entries);
    for (const [id, record] of candidates) {
      const entry = entries.find((each) => isPartOf(each, record) || isWhole(each, record));
      const isWithNeighbours = record.storage === 'keychain' && (way === 'link' || isNeighbourHere);
      // Whoever leads the name to one file after the other has other logins under the same ids there.
      const isLedHere = way === 'link' || waiting.includes(id);
      const inItsPlace = entries.filter(({ credential }) => credential.id === id);
      const isNobodyElse = isLedHere && inItsPlace.length === 0;
      const isAnothers =
        way === 'link' && inItsPlace.some((each) => isOfAnother(each, record, records.get(id)));
      const memory = rememberedOf(id, { records: section.records, recordsElsewhere: [], spent });
      const isReplaced = way === 'link' && inItsPlace.some((each) => isNoSuccessor(each, memory));
      const isHere = entry !== undefined || isWithNeighbours || isNobodyElse || isAnothers || isReplaced;
      const taken = [...entries.map(({ credential }) => credential.id), ...records.keys()];
      const apart = idOf(record, records) ?? freeCredentialId([...taken, ...found.map((each) => each.as)]);
      const as = entry?.credential.id ?? (isAnothers ? apart : id);
      const own = records.get(as)?.known ?? null;
      // Another login has that id here; a crash may have come before this one was forgotten there.
      const isFree = own === null || own.digest === record.known?.digest;
      if (isHere && isFree && found.every((each) => each.as !== as)) {
        found.push({ from: section.path, id, as, record });
      }
    }
  }
  return found;
}

/** Accounts whose sign-in waits for a config file that is gone, or that nobody can write, and is not in it. */
async function signInsFor(path: string, { rescueFile }: Places): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  // It takes its own once it is mended.
  if (text !== null && (await writeObstacle(path)) === null) return [];
  const content = await rescueFile.read(path, false);
  return (content?.ours ?? []).flatMap(({ kind, credential }) =>
    kind === 'signed-in' && text?.includes(credential.accessToken) !== true ? credential.id : [],
  );
}

/**
 * Whether an entry is no successor of an account: what it was before, or nothing that can be renewed, as in a template of
 * somebody's dotfiles. What waits, or is offered, goes with it.
 */
function isNoSuccessor({ credential }: ConfigEntry, memory: Memory): boolean {
  return entryChange(memory, traceOf(credential)) === 'replaced';
}

/** Whether an entry is the login of somebody else, for certain. @param here what is known of it */
function isOfAnother(
  { credential }: ConfigEntry,
  { owner, storage }: AccountRecord,
  here: AccountRecord | undefined,
): boolean {
  if (here?.owner == null || !here.isOwnerSure || here.known?.digest !== credentialDigest(credential))
    return false;
  return storage === 'config-file' && owner !== null && compareOwners(owner, here.owner) === 'another';
}

/** Under which id it is known here: a crash came before it was forgotten there. */
function idOf({ known }: AccountRecord, records: Section['records']): string | undefined {
  return [...records].find(([, each]) => each.known !== null && each.known.digest === known?.digest)?.[0];
}

function mayBeHere(record: AccountRecord, way: Way, real: string): boolean {
  if (way === 'link') return record.known !== null;
  return isHidden(record) && (way === 'gone' || [record.movedFrom, record.cameFrom].includes(real));
}

async function followMoved(places: Places): Promise<void> {
  const moved = await movedHere(places);
  const [{ records }, real] = [await places.records.read(), await places.realPath()];
  const idsOf = (from: string) =>
    new Map(moved.filter((each) => each.from === from).map(({ id, as }) => [id, as]));
  for (const from of new Set(moved.map((each) => each.from))) {
    await places.rescueFile.move(from, real, idsOf(from));
    await places.copiesFile.move(from, real, idsOf(from));
    await places.records.tellSpentOf(from);
  }
  await places.learn(
    moved
      .filter(({ as }) => records.get(as)?.known == null)
      .map(({ as, from, record }) => ({
        id: as,
        change: () => ({
          ...record,
          movedFrom: isHidden(record) ? leftAt(record, from, real) : null,
          // Two that are both there would take it from each other for ever.
          cameFrom: isHidden(record) && record.cameFrom !== real ? from : null,
        }),
      })),
  );
  // Else it is known in two files, and of one of them nobody can tell.
  if (places.records.failure !== null) return;
  for (const from of new Set(moved.map((each) => each.from))) {
    await places.accountsFile.forgetElsewhere(from, [...idsOf(from).keys()]);
  }
}

/** Under which file's name the keychain still has its secret; `null`: this one's. */
function leftAt({ movedFrom }: AccountRecord, from: string, real: string): string | null {
  const name = movedFrom ?? from;
  return name === real ? null : name;
}

type Way = 'gone' | 'link' | null;

/** How a config file that was known came to be here; `null`: it did not, or nobody can tell. */
async function wayTo(from: string, real: string): Promise<Way> {
  try {
    if ((await resolveLinks(from)) === real) return 'link';
    await stat(from);
    return null;
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'gone' : null;
  }
}

/** Whether what stands here of any account is what was known there. */
function hasEntry({ records }: Section, entries: readonly ConfigEntry[]): boolean {
  return [...records.values()].some((record) =>
    entries.some((entry) => isPartOf(entry, record) || isWhole(entry, record)),
  );
}

function isPartOf({ credential }: ConfigEntry, { storage, known }: AccountRecord): boolean {
  if (storage !== 'access-only' || known?.access == null || credential.refreshToken !== null) return false;
  return traceOf(credential).access === known.access;
}

function isWhole({ credential }: ConfigEntry, { storage, known }: AccountRecord): boolean {
  return storage === 'config-file' && known?.digest === credentialDigest(credential);
}
