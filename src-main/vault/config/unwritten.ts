import type { Credential } from '../../domain/credential.ts';
import { loadConfigDocument } from './config-reader.ts';
import { refreshTokensIn } from './unread-news.ts';

/** What a text of ours was to bring into the config file. Secret. */
export interface Unwritten {
  /** The credentials whose refresh tokens the file does not hold. */
  readonly news: readonly Credential[];
  /** What the file holds and that text does not: it may have given way to one of them. */
  readonly gaveWay: readonly {
    /** Of its entry; `null` where the file makes no sense. */
    readonly id: string | null;
    readonly refreshToken: string;
  }[];
  /** Of the file's entries; `null` where it makes no sense. */
  readonly ids: readonly string[] | null;
}

/**
 * By the file's text and the one that was to take its place: whoever wrote the file since may have broken it, given
 * entries other ids, or another order.
 *
 * @throws FailureError `config-not-yaml`, `config-shape` where the text of ours makes no sense
 */
export async function unwrittenOf(
  { before, after }: { readonly before: string; readonly after: string },
  path: string,
): Promise<Unwritten> {
  const { ConfigDocument } = await loadConfigDocument();
  const entriesIn = (text: string) =>
    new ConfigDocument(text, path).entries.map(({ credential }) => credential);
  const next = entriesIn(after);
  let ids: Unwritten['ids'] = null;
  let old: readonly Pick<Unwritten['gaveWay'][number], 'id' | 'refreshToken'>[];
  try {
    const entries = entriesIn(before);
    ids = entries.map(({ id }) => id);
    old = entries.flatMap(({ id, refreshToken }) => (refreshToken === null ? [] : { id, refreshToken }));
  } catch {
    old = refreshTokensIn(before).map((refreshToken) => ({ id: null, refreshToken }));
  }
  const stands = new Set(old.map(({ refreshToken }) => refreshToken));
  const stays = new Set(next.map(({ refreshToken }) => refreshToken));
  return {
    news: next.filter(({ refreshToken }) => refreshToken !== null && !stands.has(refreshToken)),
    gaveWay: old.filter(({ refreshToken }) => !stays.has(refreshToken)),
    ids,
  };
}
