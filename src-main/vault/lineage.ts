import type { Credential } from '../domain/credential.ts';
import type { SpentTokens } from '../domain/entry-change.ts';
import { tokenTrace } from './credential-trace.ts';
import type { Knowledge } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';

/** How many refresh tokens before it a copy tells of: a backup that comes back may hold any of them. */
const MOST_ANCESTORS = 50;

/** Which refresh tokens came before which, as far as that is certain. Made once for many credentials. */
export class Lineage {
  readonly #spent: SpentTokens;
  /** What adopted logins seemed to take the place of: until it is known whose they are it may live. */
  readonly #unsure: ReadonlySet<string>;
  /** By each token the one that it was got for. */
  readonly #before = new Map<string, string>();
  /** The other way round. */
  readonly #next = new Map<string, string>();

  /** @param elsewhere what is known of other config files, where one login is followed through several of them */
  constructor(
    { records, spent }: Pick<Knowledge, 'records' | 'spent'>,
    elsewhere: Knowledge['recordsElsewhere'] = [],
  ) {
    this.#spent = spent;
    const all = [...records.values(), ...elsewhere];
    this.#unsure = new Set(all.flatMap(({ tookOver }) => tookOver?.token ?? []));
    for (const [token, by] of spent) {
      if (this.#unsure.has(token)) continue;
      this.#before.set(by, token);
      this.#next.set(token, by);
    }
  }

  /** Whether they are the same, or one of them led to the other, however many came between. */
  isOneLogin(one: string, other: string): boolean {
    return this.#lastOf(one) === this.#lastOf(other);
  }

  #lastOf(token: string): string {
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
    const certain = spends.filter((token) => token !== own && !this.#unsure.has(token));
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
