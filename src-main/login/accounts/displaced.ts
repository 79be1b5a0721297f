import type { KnownCredential } from '../../domain/entry-change.ts';
import { loginEnd, refusalsInARow, withEvent, type HistoryEvent } from '../../domain/history.ts';
import { isSameService } from '../../oauth/endpoints.ts';
import { isToken, mayBeGot, traceOf } from '../../vault/credential-trace.ts';
import { isLeftToClaudeCode } from '../../vault/records/account-record.ts';
import type { AccountRecord, StoredAccount, Vault } from '../../vault/vault.ts';
import type { Clock } from '../clock.ts';

interface DisplacedPorts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly accounts: readonly StoredAccount[];
}

/**
 * A login whose id another one has got, and which stands in no entry: under an id of its own it is lost, told and offered
 * to be put back, as any other that was taken out. All that is known of it goes along, so that nothing has to be remembered
 * where it was. Nothing where there is no copy, or it is spent. Where nobody can tell, it is sought like any that is lost.
 * Never rejects.
 *
 * @param record what is known of it
 * @param known its credential
 */
export async function offerDisplaced(
  id: string,
  record: AccountRecord,
  known: KnownCredential,
  { vault, clock, accounts }: DisplacedPorts,
): Promise<void> {
  // A crash came before it was forgotten here.
  const isOffered = ({ id: other, credential, record: about }: StoredAccount) =>
    other !== id && credential !== null && about?.known?.digest === known.digest;
  if (!accounts.some(isOffered)) {
    const taken = accounts.map((each) => each.id);
    const found = await vault.keepDisplaced(id, known.digest, taken);
    if (found === null) return;
    const present = found.credential === null ? {} : { present: found.credential };
    const history = withEvent(record.history, { at: clock.now(), kind: 'removed' });
    const ours = { ...record, known, history, displacedFrom: id };
    await vault.learn([{ id: found.id, ...present, change: () => ours }]);
  }
  await vault.letGoOfDisplaced(id, known.digest);
}

/**
 * What ours is about to be put in the place of may be a login that lives, or a token that somebody got for a year and saw
 * but once: under an id of its own it is offered in turn. Nothing where it is spent, a dummy, or over and nothing renews
 * it, or a damaged one of ours, whose access token it has.
 *
 * @throws FailureError `data-not-writable`: written over it would be gone
 */
export async function offerOverwritten(
  { id, entry, isSpent, record }: StoredAccount,
  { vault, clock, accounts }: DisplacedPorts,
): Promise<void> {
  if (entry === null || isSpent || !mayBeGot(entry.credential)) return;
  const { access, token } = traceOf(entry.credential);
  if (access === record?.known?.access) return;
  const { refreshToken, accessToken, accessExpiresAt } = entry.credential;
  if (!isToken(refreshToken)) {
    const isOver = accessExpiresAt !== null && accessExpiresAt <= clock.now();
    if (isOver || !isToken(accessToken)) return;
    const ours = record?.known == null ? null : await vault.copyOf(id);
    if (ours?.accessToken.startsWith(accessToken) === true) return;
  } else if (token === record?.known?.token) return;
  const present = await vault.keepApart(
    entry.credential,
    accounts.map((each) => each.id),
  );
  const change = (old: AccountRecord) => ({
    ...old,
    displacedFrom: id,
    history: withEvent(old.history, { at: clock.now(), kind: 'removed' }),
  });
  await vault.learn([{ id: present.id, present, change }]);
}

/**
 * Whether what took the place of a login of ours is none of its successors, by what is on disk: the service has refused it,
 * or it is Claude Code's own. That it is somebody else's only the service tells (`owner-told.ts`).
 */
export function isNoSuccessor({ record }: StoredAccount): boolean {
  if (record?.tookOver == null) return false;
  return isLeftToClaudeCode(record) || isRefused(record, record.tookOver.issuedBy);
}

/** A host that did not give ours knows nothing of it. */
function isRefused({ history, refusedBy }: AccountRecord, issuedBy: string | null): boolean {
  if (loginEnd(history) !== 'refused') return false;
  return issuedBy === null || refusedBy === null || isSameService(refusedBy, issuedBy);
}

/**
 * What seemed to take the place of a login of ours was none of its successors: that one is not spent, and lost under an
 * id of its own. To be called while nobody else changes credentials. Never rejects.
 *
 * @param record what was known while its successor seemed to be one
 */
export async function giveBack(id: string, record: AccountRecord, ports: DisplacedPorts): Promise<void> {
  const { tookOver } = record;
  if (tookOver === null) return;
  const { vault } = ports;
  if (tookOver.token !== null) await vault.unspend(tookOver.token, record.known?.token ?? null);
  // Once somebody has told whose its successor is nobody remembers whose ours was.
  const owner = record.isOwnerSure ? null : record.owner;
  // What the successor was refused for says nothing of ours.
  const refusals = new Set<HistoryEvent>(refusalsInARow(record.history));
  const { digest, token, accessIssuedAt, issuedBy } = tookOver;
  const ours = {
    ...record,
    owner,
    isOwnerSure: owner !== null,
    accessIssuedAt,
    issuedBy,
    refusedBy: null,
    claudeCodes: null,
    tookOver: null,
    history: record.history.filter((event) => !refusals.has(event)),
  };
  await offerDisplaced(id, ours, { digest, token, access: null, accessExpiresAt: null, past: [] }, ports);
  // Last: who is killed before has not forgotten whose place it took.
  await vault.saveRecord(id, (now) => (now.tookOver?.digest === digest ? withoutFormer(now) : now));
  await vault.former.letGo();
}

function withoutFormer(record: AccountRecord): AccountRecord {
  const { known, tookOver } = record;
  const past = known?.past.filter((each) => each !== tookOver?.digest) ?? [];
  return { ...record, tookOver: null, known: known === null ? null : { ...known, past } };
}
