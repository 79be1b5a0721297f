import type { Credential } from '../domain/credential.ts';
import type { KnownCredential } from '../domain/entry-change.ts';
import { withEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { credentialDigest, tokenTrace, traceOf } from './credential-trace.ts';
import { EMPTY_RECORD, type AccountRecord, type Knowledge } from './records/accounts-file.ts';

/** What is learnt of an account at one look. */
export interface Lesson {
  readonly id: string;
  /** The credential that is the account's present one from now on, whoever stored it. */
  readonly present?: Credential;
  /** The refresh tokens that are spent since, as traces. */
  readonly spends?: readonly string[];
  /** Whose record knowledge goes on from: that login is the same one, or has another id now. */
  readonly from?: string;
  /** Nobody has told yet whose the present one is: the copy of the one before it may be the last of its login. */
  readonly isUnsure?: boolean;
  /** Learnt only where something is known already. */
  readonly isUpdate?: boolean;
  /** The service has just given the present one: it is good, also where it was spent before. */
  readonly isGiven?: boolean;
  /** `null`: nothing is known any more. */
  readonly change: (record: AccountRecord) => AccountRecord | null;
}

/** How many digests of former credentials are remembered. */
const PAST_LENGTH = 50;

/**
 * What is known when these are learnt, in their order; the same where they teach nothing.
 *
 * @param learntIn our own folder, as in `AccountRecord`
 * @param learntOver what was known when they were learnt first: what could not be written down is learnt again
 */
export function withLessons(
  knowledge: Knowledge,
  lessons: readonly Lesson[],
  learntIn: string | null,
  learntOver = knowledge,
): Knowledge {
  const records = new Map(knowledge.records);
  const spent = new Map(knowledge.spent);
  let isNew = false;
  for (const { id, present, spends = [], from, isUpdate = false, isGiven = false, change } of lessons) {
    const before = (from === undefined ? undefined : knowledge.records.get(from)) ?? records.get(id);
    const by = tokenTrace(present?.refreshToken ?? null);
    const then = learntOver.records.get(id)?.known ?? null;
    const now = knowledge.records.get(id)?.known ?? null;
    if (present !== undefined && isOvertaken(present, then, now)) continue;
    if (isGiven && by !== null) isNew = spent.delete(by) || isNew;
    // Another process has renewed it since this was learnt.
    if (!isGiven && by !== null && knowledge.spent.has(by)) continue;
    if (before === undefined && isUpdate) continue;
    const after = change(before ?? EMPTY_RECORD);
    if (after === records.get(id) && present === undefined) continue;
    isNew = true;
    if (after === null) records.delete(id);
    else if (present === undefined) records.set(id, after);
    else records.set(id, { ...after, known: knownOf(before?.known ?? null, present, isGiven), learntIn });
    for (const token of spends) {
      if (by === null || by === token) continue;
      // What took its place for certain: what was found where it stood may be another login.
      if (!isGiven && spent.has(token)) continue;
      spent.delete(token);
      spent.set(token, by);
    }
  }
  return isNew ? { ...knowledge, records, spent } : knowledge;
}

/** Whether another process has gone on further than to this from what was known then. */
function isOvertaken(
  present: Credential,
  then: KnownCredential | null,
  now: KnownCredential | null,
): boolean {
  if (now === null) return false;
  const before = then === null ? [] : [then.digest, ...then.past];
  return ![credentialDigest(present), ...before].includes(now.digest);
}

function knownOf(before: KnownCredential | null, present: Credential, isGiven: boolean): KnownCredential {
  const { digest, access, token, accessExpiresAt } = traceOf(present);
  const isHalf = !isGiven && before !== null && before.token === token && before.digest !== digest;
  const past = before === null ? [] : [...before.past, before.digest];
  return {
    digest,
    // A renewal changes both: whoever writes them one after the other has still to write the refresh token.
    access: isHalf ? null : access,
    token,
    past: [...new Set(past)].filter((each) => each !== digest).slice(-PAST_LENGTH),
    accessExpiresAt,
  };
}

/** Told once, in the account's history. */
export function madePrivate(record: AccountRecord, mode: string | null, at: Instant): AccountRecord {
  return mode === null
    ? record
    : { ...record, history: withEvent(record.history, { at, kind: 'made-private', mode }) };
}
