import type { Credential } from '../domain/credential.ts';
import type { Unwritten } from './config/unwritten.ts';
import { credentialDigest, isRefreshable, tokenTrace } from './credential-trace.ts';
import type { FoundKept, FoundKepts } from './kept-place.ts';
import { Lineage } from './lineage.ts';
import type { Knowledge } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';
import { spentOf } from './stored-accounts.ts';

/** What is certain of how a text of ours and the file belong together. */
interface Certainty {
  /** The file is the one that the text was made of. */
  readonly isOfFile: boolean;
  /** The file was not written since: an id that it lacks was taken out by nobody. */
  readonly isLater: boolean;
}

/**
 * What a crash kept out of the config file is kept as what was got for what stands there: for the last that is known of
 * its account, or what that led to, whatever id and place it has by now; where nothing is known, for what has its id. What
 * has an id that the file lacks is new. What is known, kept or spent is none of it: it was put back, or is from a backup.
 */
export function keptOf(
  { news, gaveWay, ids }: Unwritten,
  known: Knowledge & FoundKepts,
  { isOfFile, isLater }: Certainty,
): readonly KeptCredential[] {
  const { records } = known;
  const lineage = new Lineage({ ...known, spent: spentOf(known) });
  const kept = [...known.kept.values()];
  return news.filter(newsTo(known)).flatMap((credential): readonly KeptCredential[] => {
    const signedIn = { credential, kind: 'signed-in', replaces: [] } as const;
    const before = predecessorOf(credential);
    if (before === undefined) return isLater && ids?.includes(credential.id) === false ? [signedIn] : [];
    const { id, token } = before;
    // In the place of one that was kept under another id for it.
    if (kept.some((each) => tokenOf(each) === token && each.credential.id !== credential.id))
      return [signedIn];
    return [{ credential: { ...credential, id: id ?? credential.id }, kind: 'renewed', replaces: [token] }];
  });

  function predecessorOf({ id }: Credential) {
    const there = gaveWay.map((each) => ({ id: each.id, token: tokenTrace(each.refreshToken) }));
    const [ofId, others] = [there.filter((each) => each.id === id), there.filter((each) => each.id !== id)];
    const own = records.get(id)?.known?.token ?? null;
    const isOurs = (token: string) => lastOf(known).some((each) => lineage.isOneLogin(token, each));
    return (
      [...ofId, ...others].find(({ token }) => own !== null && lineage.isOneLogin(token, own)) ??
      ofId.find(({ token }) => isOfFile || (own === null && (isLater || isOurs(token))))
    );
  }
}

/** Whether a credential may live, and is neither known nor kept: a crash came before. */
export function newsTo(known: Knowledge & FoundKepts): (credential: Credential) => boolean {
  const [spent, last] = [spentOf(known), lastOf(known)];
  const past = new Set([...known.records.values()].flatMap((each) => each.known?.past ?? []));
  const kept = [...known.kept.values(), ...known.elsewhere];
  const onDisk = kept.filter((each) => each.isOnDisk).map(tokenOf);
  return (credential) => {
    const token = tokenOf({ credential }) ?? '';
    if (past.has(credentialDigest(credential))) return false;
    return isRefreshable(credential) && !spent.has(token) && ![...last, ...onDisk].includes(token);
  };
}

/** The last refresh token of every account, as traces. */
function lastOf({ records, recordsElsewhere }: Knowledge): readonly string[] {
  return [...records.values(), ...recordsElsewhere].flatMap(({ known }) => known?.token ?? []);
}

function tokenOf({ credential }: Pick<FoundKept, 'credential'>): string | null {
  return tokenTrace(credential.refreshToken);
}
