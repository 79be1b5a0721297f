import type { Credential } from '../domain/credential.ts';
import { tokenTrace } from './credential-trace.ts';
import type { Knowledge } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';

type Lineage = Pick<Knowledge, 'records' | 'spent'>;

/** As it is kept: with the tokens that are spent for it; none of one that is spent itself. */
export function copyOf(
  credential: Credential,
  knowledge: Lineage,
  spends: readonly string[] = [],
): readonly KeptCredential[] {
  const own = tokenTrace(credential.refreshToken);
  if (own !== null && knowledge.spent.has(own)) return [];
  const unsure = tookOver(knowledge);
  // One that goes on (RFC 6749 section 6) is not spent.
  const certain = spends.filter((token) => token !== own && !unsure.has(token));
  const replaces = [...new Set([...ancestorsOf(credential, knowledge), ...certain])];
  return [{ credential, kind: 'copy', replaces }];
}

/** What adopted logins seemed to take the place of: until it is known whose they are it may live. */
function tookOver({ records }: Lineage): ReadonlySet<string> {
  return new Set([...records.values()].flatMap((record) => record.tookOver?.token ?? []));
}

/** How many refresh tokens before it a copy tells of: a backup that comes back may hold any of them. */
const MOST_ANCESTORS = 50;

export function ancestorsOf({ refreshToken }: Credential, knowledge: Lineage): readonly string[] {
  const unsure = tookOver(knowledge);
  const certain = [...knowledge.spent].filter(([token]) => !unsure.has(token));
  const before = new Map(certain.map(([token, by]) => [by, token]));
  const ancestors: string[] = [];
  let token = before.get(tokenTrace(refreshToken) ?? '');
  while (token !== undefined && ancestors.length < MOST_ANCESTORS && !ancestors.includes(token)) {
    ancestors.unshift(token);
    token = before.get(token);
  }
  return ancestors;
}
