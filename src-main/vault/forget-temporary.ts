import { readFile } from 'node:fs/promises';
import type { Credential } from '../domain/credential.ts';
import { refreshTokensIn } from './config/unread-news.ts';
import { tokenTrace } from './credential-trace.ts';
import { knownTokens } from './known-tokens.ts';
import { Lineage } from './lineage.ts';
import type { Known, Places } from './places.ts';

/** A token has as many letters; what is shorter stands anywhere. */
const SHORTEST = 22;

/**
 * A write that was killed may have left a text with what is forgotten now, whole or half, in a temporary file of which nobody
 * will ever look at what is no news. One that holds a token which nobody knows stays: it may be the last of its login.
 *
 * @param id whose login is forgotten
 * @param removed what its entries held
 * @param known what was known before it was forgotten
 * @throws FailureError where some may be left
 */
export async function forgetTemporary(
  id: string,
  removed: readonly Credential[],
  known: Known,
  places: Places,
): Promise<void> {
  const { name, rawConfigFile, rescueFile, copiesFile } = places;
  const own = known.kept.get(id);
  const there = await readFile(rawConfigFile.path, 'utf8').catch(() => '');
  const drafted = await draftedFor(id, there, known, places);
  const forgotten = [...removed, ...(own === undefined ? [] : [own.credential]), ...drafted];
  const texts = forgotten
    .flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken ?? ''])
    .filter((each) => each.length >= SHORTEST);
  const last = known.records.get(id)?.known?.token ?? null;
  const lineage = new Lineage(known);
  const isForgotten = (token: string) =>
    (last !== null && lineage.isOneLogin(tokenTrace(token), last)) ||
    // It may be cut short.
    texts.some((each) => each.startsWith(token));
  const traces = knownTokens(known);
  const isKnown = (token: string) => traces.has(tokenTrace(token)) || there.includes(token);
  const isNeedless = (text: string) => {
    const tokens = refreshTokensIn(text);
    const isHeld = texts.some((each) => text.includes(each)) || tokens.some(isForgotten);
    return isHeld && tokens.every((each) => isForgotten(each) || isKnown(each));
  };
  // Where the file lay before it was made a link.
  await rawConfigFile.clearTemporary(isNeedless, name);
  for (const file of [rescueFile, copiesFile]) await file.clear(isNeedless, texts);
}

/** What a crash left as got for the login, and could not be taken in since; none where that goes on elsewhere. */
async function draftedFor(
  id: string,
  there: string,
  known: Known,
  places: Places,
): Promise<readonly Credential[]> {
  const last = known.records.get(id)?.known?.token ?? null;
  if (last === null) return [];
  const records = new Map([...known.records].filter(([each]) => each !== id));
  const ofOthers = knownTokens({ ...known, records, spent: new Map() });
  const inUse = new Set([...ofOthers, ...refreshTokensIn(there).map(tokenTrace)]);
  const file = await places.realPath();
  return (await places.rescueFile.leftovers())
    .flatMap(({ waiting }) => waiting)
    .filter(({ configFile, replaces }) => configFile === file && replaces.includes(last))
    .filter(({ replaces }) => !replaces.some((token) => inUse.has(token)))
    .map(({ credential }) => credential);
}
