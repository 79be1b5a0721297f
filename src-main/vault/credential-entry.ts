import { isMap, isScalar, isSeq, type Document } from 'yaml';
import type { Credential } from '../domain/credential.ts';
import { parseRfc3339 } from './rfc3339.ts';
import { follow, lookUp, textOf } from './yaml-tree.ts';

/** Where the list of credentials is (`facts.md` section 3). */
export const CREDENTIALS_PATH = ['providers', 'anthropic', 'oauth_credentials'] as const;

/** One item of the list; `null` where it has no id or no token, so that nobody could use it. */
export function readEntry(document: Document, item: unknown): Credential | null {
  const id = entryId(document, item);
  const entry = follow(document, item);
  if (id === null || !isMap(entry)) return null;
  const read = (key: string) => textOf(lookUp(document, entry, key));
  const accessToken = read('access_token');
  const refreshToken = read('refresh_token');
  if (accessToken === '' && refreshToken === '') return null;
  const scopes = lookUp(document, entry, 'scopes');
  return {
    id,
    clientId: read('client_id'),
    accessToken,
    refreshToken: refreshToken === '' ? null : refreshToken,
    accessExpiresAt: parseRfc3339(read('expires_at')),
    scopes: isSeq(scopes) ? textsOf(document, scopes.items) : [],
  };
}

/** The id of one item of the list, `null` where it has none. */
export function entryId(document: Document, item: unknown): string | null {
  const entry = follow(document, item);
  const id = isMap(entry) ? textOf(lookUp(document, entry, 'id')) : '';
  return id === '' ? null : id;
}

/** The texts of a list's scalars. */
export function textsOf(document: Document, items: readonly unknown[]): string[] {
  return items
    .map((item) => follow(document, item))
    .filter(isScalar)
    .map(textOf);
}
