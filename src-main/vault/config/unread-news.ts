import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isSameState, MAX_BYTES, type FileState } from './config-text.ts';

/** As they look (`facts.md` section 1): other providers' tokens stand in the same file, and say nothing of ours. */
const REFRESH_TOKEN = /sk-ant-ort[^\s"',}\]]+/g;

/**
 * Whether somebody else may have put a newer refresh token into a config file that cannot be read, or not be understood.
 * A text that makes no sense is as a rule one that a person is editing, and holds what it held; where its tokens were
 * renewed one is among them that nobody here knows. Of a text that is kept from us only the file around it tells. Never
 * rejects: where there is no sign of anybody, nobody has written.
 *
 * @param understood the file as this process understood it last; `null`: it never did
 * @param isKnown of a refresh token that may be cut short
 */
export async function mayHoldNewer(
  path: string,
  understood: FileState | null,
  isKnown: (refreshToken: string) => boolean,
): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > MAX_BYTES) return false;
  const text = await readFile(path, 'latin1').catch(() => null);
  if (text !== null) return (text.match(REFRESH_TOKEN) ?? []).some((token) => !isKnown(token));
  return understood === null ? isSomebodyElses(found) : !isSameState(understood, found);
}

function isSomebodyElses({ uid }: Stats): boolean {
  const user = process.geteuid?.();
  return user !== undefined && uid !== user;
}
