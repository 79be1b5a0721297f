import type { Instant } from './instant.ts';
import { MINUTE } from './instant.ts';

/** What is told of a credential without telling it: enough to know it, and others of the same login, again. */
export interface Trace {
  /** Tells pairs of tokens apart; says nothing of the tokens. */
  readonly digest: string;
  /** The same of its access token alone; `null` where nobody remembers. */
  readonly access: string | null;
  /** The same of its refresh token alone: two credentials that share it are one login. `null` without one. */
  readonly token: string | null;
  readonly accessExpiresAt: Instant | null;
  /** Whether it may be renewed: it has a refresh token, of our client. */
  readonly refreshable: boolean;
  /** It has a refresh token, and nothing tells of which client. */
  readonly isClientUntold: boolean;
}

/** What we remember of an account's credential without keeping it. */
export interface KnownCredential extends Pick<Trace, 'digest' | 'access' | 'token' | 'accessExpiresAt'> {
  /** The digests of those it took the place of, the latest last. */
  readonly past: readonly string[];
}

/**
 * Refresh tokens that are spent, by the trace of each, with the one that took its place. They are single-use
 * (`facts.md` section 1): to present one of these can end the login, whoever's entry holds it.
 */
export type SpentTokens = ReadonlyMap<string, string>;

/** The tokens that are spent for one, from an earlier one on, in their order; none where that does not lead there. */
export function spentOnTheWay(token: string, last: string, spent: SpentTokens): readonly string[] {
  const way = new Set<string>();
  for (let each: string | undefined = token; each !== undefined && !way.has(each); each = spent.get(each)) {
    if (each === last) return [...way];
    way.add(each);
  }
  return [];
}

/** What we remember of an account, as far as it tells its entry's changes. */
export interface Memory {
  readonly known: KnownCredential | null;
  /** When the known credential was received, or first seen where another program wrote it; `null`: not for certain. */
  readonly accessIssuedAt: Instant | null;
  readonly spent: SpentTokens;
  /** The known one has ended for good: there is nothing to protect, and whatever can be kept alive may take its place. */
  readonly isOver: boolean;
}

/**
 * `new`: an entry nobody of ours has seen. `adopt`: another program signed in or refreshed, and its credential takes
 * the place of ours, also when it is over: only its successor tells. `replaced`: what stands there is no successor of
 * ours – one that is spent, that ours took the place of, that cannot be refreshed, that is older for certain while ours
 * lives, or whose access token is ours still, as where a file was cut in the middle of the refresh token: renewing changes
 * both. A program that renews may leave the client out: whose it is the service tells before ours is given up.
 */
export type EntryChange = 'same' | 'new' | 'adopt' | 'removed' | 'replaced';

/** What became of an entry that other programs write, too (`facts.md` section 3). */
export function entryChange(memory: Memory, found: Trace | null): EntryChange {
  const { known } = memory;
  if (found === null) return known === null ? 'same' : 'removed';
  if (isSpent(found, memory)) return 'replaced';
  if (known === null) return 'new';
  if (found.digest === known.digest) return 'same';
  if (!found.refreshable && !found.isClientUntold) return 'replaced';
  // Whatever end is written beside it: who renewed it may have had a clock that was behind.
  if (isSuccessor(found, memory)) return 'adopt';
  const isDamaged = found.access !== null && found.access === known.access;
  return isDamaged || isOlderForCertain(found, memory) ? 'replaced' : 'adopt';
}

/** Whether it is told that this one took the place of ours, be it in several steps. */
function isSuccessor({ token }: Trace, { known, spent }: Memory): boolean {
  if (token === null || known?.token == null) return false;
  return spentOnTheWay(known.token, token, spent).length > 0;
}

/** Whether nothing but the end that is written beside it speaks against a successor of ours: that may be wrong. */
export function isOldByItsEndAlone(memory: Memory, found: Trace): boolean {
  if (entryChange(memory, found) !== 'replaced') return false;
  return entryChange(memory, { ...found, accessExpiresAt: null }) === 'adopt';
}

/** Whether a credential is known to be of the past: renewed since, under whatever id, or one that ours took the place of. */
export function isSpent(
  { digest, token }: Pick<Trace, 'digest' | 'token'>,
  { known, spent }: Memory,
): boolean {
  return (token !== null && spent.has(token)) || known?.past.includes(digest) === true;
}

/** The same pair of tokens, or the same refresh token. */
export function isSameLogin(
  one: Pick<Trace, 'digest' | 'token'>,
  other: Pick<Trace, 'digest' | 'token'>,
): boolean {
  return one.digest === other.digest || (one.token !== null && one.token === other.token);
}

/** Clocks that wrote the two instants may be apart by so much. */
const TOLERANCE = MINUTE;

/** A token that had ended before ours was issued was issued before ours. */
function isOlderForCertain({ accessExpiresAt }: Trace, { known, accessIssuedAt, isOver }: Memory): boolean {
  // What is older than a login that has ended may be one that lives: only beside a living one is it of the past.
  if (isOver || accessExpiresAt === null || accessIssuedAt === null) return false;
  // First seen in the file when it was over: it was issued before its end.
  const issuedBy = Math.min(accessIssuedAt, known?.accessExpiresAt ?? Infinity);
  return accessExpiresAt + TOLERANCE <= issuedBy;
}
