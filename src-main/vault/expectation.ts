import type { KnownCredential } from '../domain/entry-change.ts';
import { entryLoss } from '../domain/history.ts';
import type { ConfigEntry, ConfigFileContent } from './config/config-file.ts';
import { credentialDigest, isRefreshable } from './credential-trace.ts';
import type { AccountRecord, Knowledge } from './records/accounts-file.ts';
import type { JoinedContent } from './storage/joined.ts';

/**
 * Whether the file holds what we know: every login in its place, and none that we do not know. Anything else may be a
 * file that is just being written.
 */
export function isExpected(
  { entries, locked }: Pick<JoinedContent, 'entries' | 'locked'>,
  { records }: Knowledge,
): boolean {
  const found = Map.groupBy(entries, ({ credential }) => credential.id);
  const isThere = (id: string, known: KnownCredential) =>
    (found.get(id) ?? []).some(({ credential }) => credentialDigest(credential) === known.digest);
  const isKnown = ({ credential }: ConfigEntry) => {
    const record = records.get(credential.id);
    if (!isRefreshable(credential) || isLost(record)) return true;
    const digest = credentialDigest(credential);
    return record?.known?.digest === digest || record?.beside.includes(digest) === true;
  };
  return (
    [...records].every(
      ([id, record]) =>
        record.known === null || isLost(record) || locked.has(id) || isThere(id, record.known),
    ) && entries.every(isKnown)
  );
}

function isLost(record: AccountRecord | undefined): boolean {
  return entryLoss(record?.history ?? []) !== null;
}

/** Whether a file holds any of the logins that are known. */
export function isFamiliar({ entries }: ConfigFileContent, { records }: Knowledge): boolean {
  const known = new Set(
    [...records.values()].flatMap(({ known: each }) => (each === null ? [] : [each.digest, ...each.past])),
  );
  return entries.some(({ credential }) => known.has(credentialDigest(credential)));
}
