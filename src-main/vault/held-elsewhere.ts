import { readFile } from 'node:fs/promises';
import type { Credential } from '../domain/credential.ts';
import type { SpentTokens } from '../domain/entry-change.ts';
import { credentialDigest, tokenTrace } from './credential-trace.ts';
import { errnoOf } from './files/errno.ts';
import type { FormerCopies } from './former-copies.ts';
import type { Places } from './places.ts';
import { readStored } from './read-stored.ts';
import type { AccountRecord } from './records/accounts-file.ts';
import { spentOf } from './stored-accounts.ts';

/**
 * Whether a login that was just forgotten under its id stands anywhere else that we know of, as it is, as it was, or
 * renewed: under another id, in another config file, in a copy, or anywhere in the config file's text. Where nobody can
 * tell it does. To be called in `Vault.exclusively`. Never rejects.
 */
export async function isHeldElsewhere(
  credential: Credential,
  places: Places,
  former: FormerCopies,
): Promise<boolean> {
  try {
    if (places.isBlind) return true;
    const text = await readFile(await places.realPath(), 'utf8').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return '';
      throw error;
    });
    const { accessToken, refreshToken } = credential;
    // Wherever it is: in a comment, as an API key, in an older program's block, in an entry that nobody can parse.
    if ([accessToken, refreshToken].some((token) => token !== null && text.includes(token))) return true;

    const { file, known } = await readStored(places, () => undefined);
    if (file === null) return true;
    const family = relatives(tokenTrace(refreshToken), spentOf(known));
    const isKin = (token: string | null) => token !== null && family.has(token);
    const digest = credentialDigest(credential);
    const isAbout = ({ known: last, tookOver }: AccountRecord) =>
      isKin(last?.token ?? null) || isKin(tookOver?.token ?? null) || last?.past.includes(digest) === true;
    if ([...known.records.values(), ...known.recordsElsewhere].some(isAbout)) return true;

    const copies = [
      ...file.entries,
      ...known.kept.values(),
      ...known.elsewhere,
      ...(await former.read()),
      ...(await places.inMemory.read()),
      ...places.secrets.held,
      ...((await places.inFolder.read()) ?? []),
      ...(await places.inFolder.readElsewhere()),
    ];
    return copies.some(({ credential: { refreshToken: token } }) => isKin(tokenTrace(token)));
  } catch {
    return true;
  }
}

/** The tokens of one login, as far as they are remembered: those before it and those after. */
function relatives(token: string | null, spent: SpentTokens): ReadonlySet<string> {
  const family = new Set(token === null ? [] : [token]);
  for (let size = 0; size !== family.size;) {
    ({ size } = family);
    for (const [before, after] of spent) {
      if (family.has(before)) family.add(after);
      else if (family.has(after)) family.add(before);
    }
  }
  return family;
}
