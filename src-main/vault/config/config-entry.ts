import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Credential } from '../../domain/credential.ts';
import type { Instant } from '../../domain/instant.ts';
import { isReadableByGo, parseExpiry } from '../../domain/rfc3339.ts';
import { isOurField } from './credential-fields.ts';
import { follow, lookUp, textOf, type YamlTree } from './yaml-tree.ts';

/** Where the list of credentials is (`facts.md` section 3). */
export const CREDENTIALS_PATH = ['providers', 'anthropic', 'oauth_credentials'] as const;

/** The key beside the list under which the wizard of mcp-code-api writes a login (`facts.md` section 3). */
export const OLDER_KEY = 'oauth';

/** One item of the list that holds an access or a refresh token, whatever else it holds or lacks. */
export interface ConfigEntry {
  /** Its index in the list. */
  readonly position: number;
  /** `id` is empty where the entry has none; several entries may have the same. */
  readonly credential: Credential;
  /** `expires_at` as it is written, empty for none. The credential's end is what can be understood of it. */
  readonly expiryText: string;
  /** Whether other programs understand that text; where there is none, there is nothing to misunderstand. */
  readonly expiryReadable: boolean;
  /** Whether it has keys that are not ours to write. */
  readonly hasMore: boolean;
}

/** A login as an older program wrote it, where today's programs do not look. */
export interface OlderBlock {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly accessExpiresAt: Instant | null;
}

/** A change of the file's credentials. A position is an index in the list as it was read; at most one change for each. */
export type EntryEdit =
  /** The entry holds this credential, its id included; its other keys stay. `isRenewal`: it was got for what is there. */
  | {
      readonly kind: 'set';
      readonly position: number;
      readonly credential: Credential;
      readonly isRenewal?: boolean;
    }
  /** A new entry at the end of the list. */
  | { readonly kind: 'add'; readonly credential: Credential }
  | { readonly kind: 'remove'; readonly position: number }
  /** `providers.anthropic.api_key` becomes this; empty: there is none any more. */
  | { readonly kind: 'set-api-key'; readonly key: string };

/** The id of an item of the list; `null` where it has none. */
export function idOf(tree: YamlTree, item: unknown): string | null {
  const entry = follow(tree, item);
  const id = isMap(entry) ? textOf(lookUp(tree, entry, 'id')) : '';
  return id === '' ? null : id;
}

/** `null` for an item that nobody could use: it is no map, or has no token. */
export function readEntry(tree: YamlTree, item: unknown, position: number): ConfigEntry | null {
  const entry = follow(tree, item);
  if (!isMap(entry)) return null;
  const tokens = readTokens(tree, entry);
  if (tokens === null) return null;
  const { accessToken, refreshToken, expiryText } = tokens;
  const scopes = lookUp(tree, entry, 'scopes');
  return {
    position,
    credential: {
      id: textOf(lookUp(tree, entry, 'id')),
      clientId: withoutBreaks(textOf(lookUp(tree, entry, 'client_id'))),
      accessToken,
      refreshToken,
      accessExpiresAt: parseExpiry(expiryText),
      scopes: isSeq(scopes) ? textsOf(tree, scopes.items) : [],
    },
    expiryText,
    expiryReadable: expiryText === '' || isReadableByGo(expiryText),
    hasMore: entry.items.some(({ key }) => !isOurField(textOf(key))),
  };
}

/** `null` where there is none, or no token in it. */
export function readOlderBlock(tree: YamlTree, anthropic: YAMLMap): OlderBlock | null {
  const block = lookUp(tree, anthropic, OLDER_KEY);
  const tokens = isMap(block) ? readTokens(tree, block) : null;
  if (tokens === null) return null;
  const { accessToken, refreshToken, expiryText } = tokens;
  return { accessToken, refreshToken, accessExpiresAt: parseExpiry(expiryText) };
}

function readTokens(tree: YamlTree, map: YAMLMap) {
  const read = (key: string) => textOf(lookUp(tree, map, key));
  const accessToken = withoutBreaks(read('access_token'));
  const refreshToken = withoutBreaks(read('refresh_token'));
  if (accessToken === '' && refreshToken === '') return null;
  return {
    accessToken,
    refreshToken: refreshToken === '' ? null : refreshToken,
    expiryText: read('expires_at'),
  };
}

/** What stands on lines of its own (`|`, `>`) ends in a line break, which is part of no token. */
function withoutBreaks(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

/** The texts of a list's scalars. */
export function textsOf(tree: YamlTree, items: readonly unknown[]): string[] {
  return items
    .map((item) => follow(tree, item))
    .filter(isScalar)
    .map(textOf);
}
