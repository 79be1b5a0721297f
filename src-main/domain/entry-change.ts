import type { Instant } from './instant.ts';

/** What we remember of a credential without keeping it: enough to know it, and its predecessors, again. */
export interface KnownCredential {
  /** Tells credentials apart; says nothing of the tokens in them. */
  readonly digest: string;
  /** The digests of those it took the place of, the latest last. */
  readonly past: readonly string[];
  readonly accessExpiresAt: Instant | null;
}

/** An entry as it stands in the config file. */
export interface FoundEntry {
  readonly digest: string;
  readonly accessExpiresAt: Instant | null;
  readonly refreshable: boolean;
}

/**
 * `new`: an entry nobody of ours has seen. `adopt`: another program signed in or refreshed, and its credential takes
 * the place of ours. `replaced`: what stands there is no successor of ours – one that ours took the place of, one that
 * cannot be refreshed, or one that is over.
 */
export type EntryChange = 'same' | 'new' | 'adopt' | 'removed' | 'replaced';

/** What became of an entry that other programs write, too (`facts.md` section 3). */
export function entryChange(
  known: KnownCredential | null,
  found: FoundEntry | null,
  now: Instant,
): EntryChange {
  if (known === null) return found === null ? 'same' : 'new';
  if (found === null) return 'removed';
  if (found.digest === known.digest) return 'same';
  if (known.past.includes(found.digest) || !found.refreshable) return 'replaced';
  const isOver = found.accessExpiresAt !== null && found.accessExpiresAt <= now;
  const isOlder = (known.accessExpiresAt ?? Infinity) > (found.accessExpiresAt ?? Infinity);
  return isOver && isOlder ? 'replaced' : 'adopt';
}
