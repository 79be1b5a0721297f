import { compareOwners, type Credential, type Owner } from '../domain/credential.ts';
import { spentOnTheWay, type SpentTokens } from '../domain/entry-change.ts';
import { tokenTrace } from './credential-trace.ts';
import type { AccountRecord, Knowledge } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';

/** How many refresh tokens before it a copy tells of: a backup that comes back may hold any of them. */
const MOST_ANCESTORS = 50;

/** Which refresh tokens came before which, as far as that is certain. Made once for many credentials. */
export class Lineage {
  readonly #spent: SpentTokens;
  /** What adopted logins seemed to take the place of: until it is known whose they are it may live. */
  readonly #takenOver: ReadonlySet<string>;
  /** By each token the one that it was got for. */
  readonly #before = new Map<string, string>();
  /** The other way round. */
  readonly #next = new Map<string, string>();

  constructor({ records, recordsElsewhere, spent }: Knowledge) {
    this.#spent = spent;
    const all = [...records.values(), ...recordsElsewhere];
    this.#takenOver = new Set(all.flatMap(({ tookOver }) => tookOver?.token ?? []));
    // A token is spent whatever file it is in: what is guessed in another one is a guess in this one.
    const guessed = guessedOf(all, spent);
    for (const [token, by] of spent) {
      if (guessed.has(token)) continue;
      this.#before.set(by, token);
      this.#next.set(token, by);
    }
  }

  /** Whether they are the same, or one of them led to the other, however many came between. */
  isOneLogin(one: string, other: string): boolean {
    return this.lastOf(one) === this.lastOf(other);
  }

  /** The one that it led to; itself where it led to none. */
  lastOf(token: string): string {
    const seen = new Set([token]);
    for (let last = token; ;) {
      const next = this.#next.get(last);
      if (next === undefined || seen.has(next)) return last;
      seen.add((last = next));
    }
  }

  /** As it is kept: with the tokens that are spent for it; none of one that is spent itself. */
  copyOf(credential: Credential, spends: readonly string[] = []): readonly KeptCredential[] {
    const own = tokenTrace(credential.refreshToken);
    if (own !== null && this.#spent.has(own)) return [];
    // One that goes on (RFC 6749 section 6) is not spent.
    const certain = spends.filter((token) => token !== own && !this.#takenOver.has(token));
    const replaces = [...new Set([...this.ancestorsOf(credential), ...certain])];
    return [{ credential, kind: 'copy', replaces }];
  }

  /** The refresh tokens that are spent for it, as traces, the latest last. */
  ancestorsOf({ refreshToken }: Credential): readonly string[] {
    const ancestors: string[] = [];
    let token = this.#before.get(tokenTrace(refreshToken) ?? '');
    while (token !== undefined && ancestors.length < MOST_ANCESTORS && !ancestors.includes(token)) {
      ancestors.unshift(token);
      token = this.#before.get(token);
    }
    return ancestors;
  }
}

/**
 * The tokens of which only a guess tells what took their place: another program's credential was adopted there, and nobody
 * has told that it is the same person's.
 */
function guessedOf(all: readonly AccountRecord[], spent: SpentTokens): ReadonlySet<string> {
  const isSamePersons = (token: string, owner: Owner | null) =>
    owner !== null &&
    all.some(
      (each) =>
        each.isOwnerSure && each.known?.token === token && compareOwners(owner, each.owner) === 'same',
    );
  return new Set(
    all.flatMap(({ tookOver, known, isOwnerSure, owner }) => {
      if (tookOver?.token == null || known?.token == null) return [];
      // Another one took its place for certain, as under a second id.
      if (spentOnTheWay(tookOver.token, known.token, spent).length === 0) return [];
      // Whose it was may have been told where it stands still, under another id or in another file.
      return isOwnerSure && isSamePersons(tookOver.token, owner) ? [] : tookOver.token;
    }),
  );
}
