import { CLIENT_ID } from '../../domain/client-id.ts';
import { compareOwners, type Credential } from '../../domain/credential.ts';
import { isRescued } from '../../domain/whereabouts.ts';
import { isSameLogin, type EntryChange, type KnownCredential } from '../../domain/entry-change.ts';
import { entryLoss, loginEnd, withEvent, type HistoryEvent } from '../../domain/history.ts';
import { MINUTE, type Instant } from '../../domain/instant.ts';
import { credentialDigest, isRefreshable, tokenTrace, traceOf } from '../../vault/credential-trace.ts';
import { isLeftToClaudeCode } from '../../vault/records/account-record.ts';
import {
  EMPTY_RECORD,
  type AccountRecord,
  type Lesson,
  type StoredAccount,
  type Vault,
} from '../../vault/vault.ts';
import type { Clock } from '../clock.ts';
import { claudeCodesLessons } from './claude-codes-lessons.ts';
import { giveBack, isNoSuccessor, offerDisplaced } from './displaced.ts';

/** What another program did to an account's entry, as far as it is not in the account's history yet. */
export function unnoticedChange({ change, entry, record, whereabouts }: StoredAccount): EntryChange | 'back' {
  // Entries of other clients are none of our business until one of ours is lost to them.
  if (record?.known == null && (entry === null || !isRefreshable(entry.credential))) return 'same';
  const loss = entryLoss(record?.history ?? []);
  if (change === 'same')
    return loss !== null && entry !== null && !isRescued({ whereabouts }) ? 'back' : 'same';
  return change === loss ? 'same' : change;
}

/** Whether the other logins under the account's id are other ones than at the last look. */
export function isBesideNew({ entry, record, beside }: StoredAccount): boolean {
  if (entry === null || record?.known == null) return false;
  return !isSameList(beside, record.beside);
}

/**
 * Compares every account's entry with what we know of it, takes over what is newer, and writes what other programs did
 * into the accounts' histories, in one write. To be called while nobody else of ours changes credentials
 * (`Vault.exclusively`).
 *
 * @returns by id how the entry stands to the last credential of ours; `restored`: a newer one of ours took its place
 */
export async function reconcile({
  vault,
  clock,
}: {
  readonly vault: Vault;
  readonly clock: Clock;
}): Promise<ReadonlyMap<string, Standing>> {
  const changes = new Map<string, Standing>();
  for (let looks = 1; ; looks++) {
    const now = clock.now();
    const { accounts } = await vault.load();
    const ahead = accounts.flatMap((account) => issuedAhead(account, now));
    if (ahead.length > 0 && looks < MOST_LOOKS) {
      await vault.learn(ahead);
      continue;
    }
    const restored = looks < MOST_LOOKS ? await bringUpToDate(accounts, vault, now) : [];
    for (const id of restored) note(id, 'restored');
    if (restored.length > 0) continue;
    const behind = looks < MOST_LOOKS ? accounts.filter(isNoSuccessor) : [];
    for (const { id, record } of behind) {
      if (record !== null) await giveBack(id, record, { vault, clock, accounts });
    }
    if (behind.length > 0) continue;
    await tellSpentAgain(accounts, vault);
    const moves = movesAmong(accounts);
    const lessons = accounts.flatMap((account) => [
      ...lessonsOf(account, accounts, moves, now),
      ...lessonsBeside(account),
    ]);
    const adopted = accounts
      .filter(isAdopted)
      .flatMap(({ id, entry }) => (entry === null ? [] : { ...entry.credential, id }));
    lessons.push(...(await claudeCodesLessons(adopted, vault)));
    for (const { id, record, known } of displacedAmong(accounts, moves)) {
      await offerDisplaced(id, record, known, { vault, clock, accounts });
    }
    // Also of a loss that another process has noticed first: it may have no copy.
    const movedFrom = new Set(moves.values());
    const lost = accounts.filter((each) => isLoss(standing(each)) && !movedFrom.has(each.id));
    await vault.keepLost(lost.map(({ id }) => id));
    await vault.former.keep(accounts.flatMap((each) => amongTwo(each)?.digest ?? []));
    await vault.learn(lessons);
    await vault.vacate([...movedFrom].filter((id) => !moves.has(id)));
    for (const account of accounts) note(account.id, standing(account));
    // What is spent or has another id since is so for every entry.
    const isSettled = moves.size === 0 && lessons.every(({ spends = [] }) => spends.length === 0);
    if (!isSettled && looks < MOST_LOOKS) continue;
    await vault.former.letGo();
    return changes;
  }

  /** What happened first is told, but for a loss, which comes before all. */
  function note(id: string, change: Standing): void {
    const before = changes.get(id);
    if (before === undefined || before === 'same' || isLoss(change)) changes.set(id, change);
  }
}

type Standing = EntryChange | 'restored';

/** What one look teaches may change what the next one finds. */
const MOST_LOOKS = 4;

/** Clocks that are apart by so much are not wrong. */
const CLOCK_TOLERANCE = 2 * MINUTE;

/** An instant to come in which a token was issued is one of a clock that was ahead then: it tells nothing. */
function issuedAhead({ id, record }: StoredAccount, now: Instant): readonly Lesson[] {
  const isAhead = (record?.accessIssuedAt ?? -Infinity) > now + CLOCK_TOLERANCE;
  return isAhead ? [{ id, change: (old) => ({ ...old, accessIssuedAt: null }) }] : [];
}

/**
 * Where our records are as old as a spent entry, or know nothing, both came back from a backup: nobody has put it there
 * instead of ours. What outlived them, as in the keychain, goes in its place.
 *
 * @returns the ids of those for which there was any
 */
async function bringUpToDate(
  accounts: readonly StoredAccount[],
  vault: Vault,
  at: Instant,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const account of accounts) {
    const { id, entry, isSpent } = account;
    if (entry === null || !isSpent || (account.record?.known != null && !isInPlace(account))) continue;
    const newer = await vault.newerCopy(entry.credential);
    // Where that is in the file the spent one was put beside it.
    if (newer === null || accounts.some((each) => holds(each, traceOf(newer)))) continue;
    ids.push(id);
    // It may have another id by now: what we know of it counts for both.
    const digest = credentialDigest(newer);
    const relative = accounts.find((each) => each.record?.known?.digest === digest)?.record;
    const change = (record: AccountRecord) =>
      account.record === null && relative != null ? { ...relative, known: record.known } : record;
    await vault.store({ credential: newer, sent: entry.credential, at, change }, null);
  }
  return ids;
}

/**
 * Whoever has another data folder knows only from beside the file that an entry is spent, and would present it: what was
 * told there may be gone, or have come back from a backup with the file, and of what was renewed in a copy of the file it
 * was told beside that one.
 */
async function tellSpentAgain(accounts: readonly StoredAccount[], vault: Vault): Promise<void> {
  const tokens = accounts.flatMap(({ entry, isSpent }) =>
    isSpent && entry?.credential.refreshToken != null ? tokenTrace(entry.credential.refreshToken) : [],
  );
  if (tokens.length > 0) await vault.tellSpentAgain(tokens);
}

/** Its entry holds what another program has put there. */
function isAdopted(account: StoredAccount): boolean {
  return ['new', 'adopt'].includes(unnoticedChange(account));
}

/**
 * The login whose place another program's credential takes now, or the one that has taken it, of which nobody has told yet
 * whose that is. Both may be gone from the file by the time that somebody can.
 */
function amongTwo(account: StoredAccount): KnownCredential | null {
  const { record } = account;
  if (record === null) return null;
  const isGivingWay = unnoticedChange(account) === 'adopt' && isRememberedAsFormer(record);
  const hasTaken = record.tookOver !== null && !record.isOwnerSure;
  return isGivingWay || hasTaken ? record.known : null;
}

function isLoss(change: Standing): boolean {
  return change === 'removed' || change === 'replaced';
}

function standing(account: StoredAccount): EntryChange {
  const change = unnoticedChange(account);
  if (change === 'back') return 'same';
  return change === 'same' ? (entryLoss(account.record?.history ?? []) ?? 'same') : change;
}

/** Logins that another program gave another id: by the id that each has now, the one it had. Two may have swapped. */
type Moves = ReadonlyMap<string, string>;

function movesAmong(accounts: readonly StoredAccount[]): Moves {
  return new Map(
    accounts.flatMap((account) => {
      if (isInPlace(account)) return [];
      const before = relativeOf(account, accounts);
      // A twin where it is still in its own place.
      return before === undefined || isInPlace(before) ? [] : [[account.id, before.id] as const];
    }),
  );
}

/** Accounts whose id a login gets that is known under another one, while theirs stands in no entry. */
function displacedAmong(accounts: readonly StoredAccount[], moves: Moves) {
  return accounts.flatMap((account) => {
    const { id, record } = account;
    const isDisplaced = moves.has(id) || isTwinOf(account, relativeOf(account, accounts));
    if (record?.known == null || !isDisplaced) return [];
    const { known } = record;
    return accounts.some((each) => holds(each, known)) ? [] : [{ id, record, known }];
  });
}

/** Its entry holds a login that is known as another account's. */
function isTwinOf(account: StoredAccount, relative: StoredAccount | undefined): boolean {
  return relative !== undefined && unnoticedChange(account) === 'adopt';
}

function holds(
  { entry }: StoredAccount,
  { digest, token }: Pick<KnownCredential, 'digest' | 'token'>,
): boolean {
  return entry !== null && isSameLogin(traceOf(entry.credential), { digest, token });
}

/** Its entry is the one we know. */
function isInPlace({ entry, record }: StoredAccount): boolean {
  return entry !== null && record?.known?.digest === credentialDigest(entry.credential);
}

/** The account that is known to have had the login of this one's entry. */
function relativeOf(
  { id, entry }: StoredAccount,
  accounts: readonly StoredAccount[],
): StoredAccount | undefined {
  if (entry === null || !isRefreshable(entry.credential)) return undefined;
  const digest = credentialDigest(entry.credential);
  return accounts.find((each) => each.id !== id && each.record?.known?.digest === digest);
}

function lessonsOf(
  account: StoredAccount,
  accounts: readonly StoredAccount[],
  moves: Moves,
  now: Instant,
): readonly Lesson[] {
  const { id, entry } = account;
  const from = moves.get(id);
  if (from !== undefined && entry !== null) {
    return [{ id, from, present: entry.credential, change: (old) => old }];
  }
  // What stands there, if anything, is looked at anew.
  if ([...moves.values()].includes(id)) return [{ id, change: () => null }];
  const change = unnoticedChange(account);
  switch (change) {
    case 'same':
      return [];
    case 'back':
      return [{ id, change: (old) => noted(old, { at: now, kind: 'put-back' }) }];
    case 'new':
    case 'adopt': {
      if (entry === null) return [];
      // A program that renewed ours may have left the client out.
      const present = { ...entry.credential, clientId: CLIENT_ID };
      const relative = relativeOf(account, accounts);
      if (relative !== undefined) return [sameLogin(account, relative, now)];
      const { recordElsewhere } = account;
      if (recordElsewhere !== null) return [{ id, present, change: () => recordElsewhere }];
      const lesson = adoption(account, present, now);
      const spends = isTakenFromAnother(account, accounts) ? [] : (lesson.spends ?? []);
      return [{ ...lesson, spends, isUnsure: change === 'adopt' }];
    }
    case 'removed':
    case 'replaced':
      return [{ id, change: (old) => noted(old, { at: now, kind: change }) }];
  }
}

/**
 * Its refresh token was that of somebody else, who has it: another program wrote the access token first, which told whose
 * login it is.
 */
function isTakenFromAnother({ id, record }: StoredAccount, accounts: readonly StoredAccount[]): boolean {
  if (record?.known == null || !record.isOwnerSure) return false;
  const { known, owner } = record;
  return accounts.some(
    ({ id: other, record: theirs }) =>
      other !== id &&
      theirs?.known?.token === known.token &&
      owner !== null &&
      theirs.owner !== null &&
      compareOwners(owner, theirs.owner) === 'another',
  );
}

/** What another program has put there is the account's from now on. */
export function adoption(
  { id, record, storage }: Pick<StoredAccount, 'id' | 'record' | 'storage'>,
  present: Credential,
  now: Instant,
): Lesson {
  const token = record?.known?.token ?? null;
  const spends = token === null ? [] : [token];
  return { id, present, spends, isUnsure: true, change: (old) => ({ ...adopted(old, now), storage }) };
}

/** None of what stands under the same id is to be taken for a successor later. */
function lessonsBeside({ id, entry, record, beside }: StoredAccount): readonly Lesson[] {
  if (entry === null || (beside.length === 0 && (record?.beside ?? []).length === 0)) return [];
  return [
    { id, isUpdate: true, change: (old) => (isSameList(old.beside, beside) ? old : { ...old, beside }) },
  ];
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}

/** A login that we know under another id, too: what we know of it counts for both. */
function sameLogin({ id, entry, record }: StoredAccount, relative: StoredAccount, now: Instant): Lesson {
  const present = entry?.credential;
  const lesson = { id, ...(present === undefined ? {} : { present }) };
  if (record?.known == null) return { ...lesson, from: relative.id, change: (old) => old };
  return {
    ...lesson,
    change: ({ history, known }) => ({
      ...(relative.record ?? EMPTY_RECORD),
      history: withEvent(history, { at: now, kind: 'adopted' }),
      known,
    }),
  };
}

function adopted(old: AccountRecord, now: Instant): AccountRecord {
  return {
    ...noted(old, { at: now, kind: 'adopted' }),
    ...(isLoginOver(old, now) ? { loginIssuedAt: null, loginExpiresAt: null } : {}),
    isOwnerSure: false,
    // The last whose owner was certain: those after it are one login, as far as anybody can tell.
    tookOver: isRememberedAsFormer(old) ? formerIn(old) : old.tookOver,
    accessIssuedAt: now,
    // Nobody knows who gave what another program got.
    issuedBy: null,
    refusedBy: null,
  };
}

/** Claude Code's own login is not ours to give back: Claude Code has it, and may have spent what was pasted here. */
function isRememberedAsFormer(record: AccountRecord): boolean {
  return !isLeftToClaudeCode(record) && (record.isOwnerSure || record.tookOver === null);
}

function formerIn({ known, accessIssuedAt, issuedBy }: AccountRecord): AccountRecord['tookOver'] {
  return known === null ? null : { digest: known.digest, token: known.token, accessIssuedAt, issuedBy };
}

/** The login we knew has ended: a credential that another program has now comes from a sign-in of its own. */
export function isLoginOver({ loginExpiresAt, history }: AccountRecord, now: Instant): boolean {
  return loginEnd(history) === 'refused' || (loginExpiresAt !== null && loginExpiresAt <= now);
}

function noted(record: AccountRecord, event: HistoryEvent): AccountRecord {
  return { ...record, history: withEvent(record.history, event) };
}
