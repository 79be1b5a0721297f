import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { CLIENT_ID } from '../../domain/client-id.ts';
import type { ConfigDocument } from './config-document.ts';
import { isSameState, MAX_BYTES, type FileState } from './config-text.ts';

/**
 * As they look (`facts.md` section 1): other providers' tokens stand in the same file, and say nothing of ours. Samples
 * of one in somebody's notes are far shorter.
 */
const REFRESH_TOKEN = /sk-ant-ort[^\s"',}\]]{40,}/g;

/** The file as it was when its text made sense. */
export interface Understood {
  readonly state: FileState;
  readonly document: Pick<ConfigDocument, 'text' | 'entries'>;
}

/**
 * Whether somebody else may have put a newer refresh token into a config file that cannot be read, or not be understood.
 * A text that makes no sense is as a rule one that a person is editing, and holds what it held; where its tokens were
 * renewed one is among them that nobody here knows, and that did not stand there before. Of a text that is kept from us
 * only the file around it tells. Never rejects: where there is no sign of anybody, nobody has written.
 *
 * @param understood as this process understood the file last; `null`: it never did
 * @param isKnown of a refresh token that may be cut short
 */
export async function mayHoldNewer(
  path: string,
  understood: Understood | null,
  isKnown: (refreshToken: string) => boolean,
): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > MAX_BYTES) return false;
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null)
    return understood === null ? isSomebodyElses(found) : !isSameState(understood.state, found);
  return refreshTokensIn(text).some(
    (token) => !isKnown(token) && !(understood !== null && isOld(token, understood)),
  );
}

/** The refresh tokens in a text that makes no sense; each may be cut short. */
export function refreshTokensIn(text: string): readonly string[] {
  // Windows' programs write UTF-16, which makes no sense to us: each letter of a token with a NUL before or behind it.
  return text.replaceAll('\0', '').match(REFRESH_TOKEN) ?? [];
}

/**
 * What stood there while the text made sense was judged then, comments and entries of other clients too. Only at what an
 * entry of ours held nobody may have had the time to look.
 */
function isOld(token: string, { document: { text, entries } }: Understood): boolean {
  const mayBeOurs = entries.some(
    ({ credential: { clientId, refreshToken } }) =>
      ['', CLIENT_ID].includes(clientId.toLowerCase()) && refreshToken?.startsWith(token) === true,
  );
  return text.includes(token) && !mayBeOurs;
}

function isSomebodyElses({ uid }: Stats): boolean {
  const user = process.geteuid?.();
  return user !== undefined && uid !== user;
}
