import {
  entryChange,
  isSameLogin,
  isSpent,
  type EntryChange,
  type Memory,
  type Trace,
} from './entry-change.ts';

/**
 * A credential of ours that is not in the config file. `signed-in`: it has never been there, and comes as an entry of
 * its own where there is none. `renewed`: it goes where its predecessor is, and nowhere else. `copy`: the entry it was
 * for is gone, and only the person may put it back.
 */
export interface Kept extends Trace {
  readonly kind: 'signed-in' | 'renewed' | 'copy';
  /** The refresh tokens it was got for, one after the other: an entry that holds one of them is of the past. */
  readonly replaces: readonly string[];
}

/** What we remember of an account. */
export interface Remembered extends Memory {
  /** The digests of other logins that stood under the same id: none of them is a successor of ours. */
  readonly beside: readonly string[];
}

/** Where an account's credential can lie, and what lies there. */
export interface Places {
  /** The entries with the account's id, in the file's order; `null` while the file cannot be read. */
  readonly entries: readonly Trace[] | null;
  /** In our own folder, or in memory where nothing can be written. */
  readonly kept: Kept | null;
  /** The last good one as a copy: in memory or the keychain. */
  readonly copy: Trace | null;
}

/** Which of an account's credentials counts, and what has to be done about the others. */
export interface Custody {
  /** The account's entry, by its place among those of its id; `null` for none. */
  readonly entry: number | null;
  /** The digests of the entries of the same id that hold another login. */
  readonly beside: readonly string[];
  /** What other programs did to the entry. */
  readonly change: EntryChange;
  /** The credential in use. */
  readonly present: 'entry' | 'kept' | 'copy' | 'none';
  /** The kept one has to be written to the file, as soon as that can be. */
  readonly isKeptDue: boolean;
  /** The kept one is of no use any more: it is in the file, or spent. */
  readonly isKeptDone: boolean;
  /** What would be put back at the person's wish. */
  readonly putBack: 'kept' | 'copy' | null;
}

/**
 * The one rule for which credential is the present one. Pure: what every place holds and what we remember decide.
 * Where nobody can tell what the file holds, nothing changed.
 */
export function custodyOf({ entries, kept, copy }: Places, memory: Remembered): Custody {
  const entry = entries === null ? null : chosen(entries, memory);
  const found = entry === null ? null : (entries?.[entry] ?? null);
  const isKeptDone = kept !== null && (isSpent(kept, memory) || kept.digest === found?.digest);
  const waiting = isKeptDone ? null : kept;
  const isKeptDue = waiting !== null && isDue(waiting, found, entries === null, memory);
  const isCopyGood = copy !== null && !isSpent(copy, memory);
  return {
    entry,
    beside:
      found === null
        ? memory.beside
        : (entries ?? []).filter((each) => !isSameLogin(each, found)).map(({ digest }) => digest),
    change: changeOf(),
    present: isKeptDue
      ? 'kept'
      : found !== null
        ? 'entry'
        : isCopyGood
          ? 'copy'
          : waiting === null
            ? 'none'
            : 'kept',
    isKeptDue,
    isKeptDone,
    putBack: waiting !== null ? 'kept' : isCopyGood ? 'copy' : null,
  };

  function changeOf(): EntryChange {
    if (entries === null || isKeptDue) return 'same';
    const change = entryChange(memory, found);
    // While an answer of ours waits, what another program put there is told: neither login gives way by itself. A copy is
    // of what was there before, which gives way as it would if that copy lay anywhere else. So does what has ended.
    const isWaiting = waiting !== null && waiting.kind !== 'copy' && !hasEnded(waiting, memory);
    return change === 'adopt' && isWaiting ? 'replaced' : change;
  }
}

/** The known one has: a sign-in since may wait, of which a crash has kept anybody from knowing. */
function hasEnded(kept: Kept, { known, isOver }: Memory): boolean {
  return isOver && known !== null && isSameLogin(kept, known);
}

/**
 * The entry we know, else of those that were not beside it the first that can be kept alive, else the first. Where ours
 * has ended, what stood beside it can go on in its place.
 */
function chosen(entries: readonly Trace[], memory: Remembered): number | null {
  const known = entries.findIndex((each) => each.digest === memory.known?.digest && !isSpent(each, memory));
  if (known !== -1) return known;
  const possible = entries.filter(({ digest }) => !memory.beside.includes(digest));
  const canGoOn = (each: Trace) => each.refreshable && !isSpent(each, memory);
  const best = (memory.isOver ? entries : possible).find(canGoOn) ?? possible[0];
  return best === undefined ? null : entries.indexOf(best);
}

function isDue(kept: Kept, found: Trace | null, isUnreadable: boolean, memory: Memory): boolean {
  if (kept.kind === 'copy') return false;
  if (isUnreadable) return true;
  if (found === null) return kept.kind === 'signed-in';
  return isSpent(found, memory) || (found.token !== null && kept.replaces.includes(found.token));
}
