import type { Leftover } from './config/leftovers.ts';
import type { Unwritten } from './config/unwritten.ts';
import { isRefreshable, tokenTrace } from './credential-trace.ts';
import type { FoundKepts } from './kept-place.ts';
import type { Knowledge } from './records/accounts-file.ts';
import type { KeptCredential } from './records/rescue-file.ts';

/**
 * What of a leftover was got for what the file holds still, as far as we know, or for an id that it does not hold. What
 * was put back is none of it.
 */
export function newsIn(
  { unwritten, isLater }: Leftover,
  known: Knowledge & FoundKepts,
): readonly Unwritten[] {
  const { records, recordsElsewhere, kept } = known;
  const last = [...records.values(), ...recordsElsewhere].map((record) => record.known?.token ?? null);
  const apart = [...kept.values()].map(({ credential }) => tokenTrace(credential.refreshToken));
  return unwritten.flatMap(({ credential, before }) => {
    const [token, old] = [credential, before].map((each) => tokenTrace(each?.refreshToken ?? null));
    if (!isRefreshable(credential) || [...last, ...apart].includes(token ?? null)) return [];
    if (before === null) return isLater ? [{ credential, before }] : [];
    if (old == null || records.get(credential.id)?.known?.token !== old) return [];
    // A sign-in in its place, for which it was kept under another id.
    return [{ credential, before: apart.includes(old) ? null : before }];
  });
}

/** What a crash kept out of the config file goes where what it was got for is. */
export function keptOf({ credential, before }: Unwritten): KeptCredential {
  const [token, old] = [tokenTrace(credential.refreshToken), tokenTrace(before?.refreshToken ?? null)];
  const replaces = old === null || old === token ? [] : [old];
  return { credential, kind: before === null ? 'signed-in' : 'renewed', replaces };
}
