import { CLIENT_ID } from '../domain/client-id.ts';
import { freeCredentialId, type Credential } from '../domain/credential.ts';
import { custodyOf, type Custody, type Remembered } from '../domain/custody.ts';
import { isSameLogin } from '../domain/entry-change.ts';
import type { ConfigEntry, ConfigFileContent, Decide, EntryEdit } from './config/config-file.ts';
import { credentialDigest, isRefreshable, tokenTrace, traceOf } from './credential-trace.ts';
import type { KeptCredential } from './records/rescue-file.ts';
import { keptTrace, rememberedOf, spentOf, type Stage } from './stored-accounts.ts';

/** Where a credential goes in the config file, decided on what that holds at the moment of writing. */
export interface Placing {
  readonly decide: Decide;
  /** The ids of the entries that the last decision was to write. */
  readonly touched: () => readonly string[];
  /** As what it is kept where the file cannot be written. */
  readonly kind: KeptCredential['kind'];
  readonly replaces: readonly string[];
  /** The accounts that are known to hold what was sent. */
  readonly holders: readonly string[];
}

type Known = Omit<Stage, 'file'>;

/**
 * An answer goes to the entries that hold the refresh token that was sent, whatever their ids, and to no other; after a
 * sign-in to the entry of its id.
 *
 * @param sent whose refresh token was sent; `null`: a sign-in
 * @param over after a sign-in, as of `setOrAdd`
 */
export function placingOf(
  credential: Credential,
  sent: Credential | null,
  known: Known,
  over?: string | null,
): Placing {
  const { id } = credential;
  const sentTrace = sent === null ? null : traceOf(sent);
  // It was sent for one that has not been in the file yet.
  const isSent = ({ credential: kept }: KeptCredential) => sentTrace?.digest === credentialDigest(kept);
  const own = [...known.kept.values()].find(isSent);
  const before = own ?? known.elsewhere.find(isSent);
  const kind = sent === null || own?.kind === 'signed-in' ? 'signed-in' : 'renewed';
  const replaces = [...(before?.replaces ?? []), ...(sentTrace?.token == null ? [] : [sentTrace.token])];
  let touched: readonly string[] = [];
  const place = (content: ConfigFileContent): readonly EntryEdit[] => {
    if (sent === null) {
      return setOrAdd(credential, content, rememberedOf(id, { ...known, spent: spentOf(known) }), over);
    }
    const holders = content.entries.filter((each) => each.credential.refreshToken === sent.refreshToken);
    if (holders.length > 0) return holders.map((entry) => renew(entry, credential));
    return before === undefined ? [] : keptEdits({ credential, kind, replaces }, content, known);
  };
  return {
    decide: (content) => {
      const edits = place(content);
      touched = edits.flatMap((edit) => ('credential' in edit ? edit.credential.id : []));
      return edits;
    },
    touched: () => [...new Set(touched)],
    kind,
    replaces,
    holders: [...known.records].flatMap(([each, { known: last }]) =>
      sentTrace !== null && last?.token != null && last.token === sentTrace.token ? each : [],
    ),
  };
}

/** The account's entry, and those of its id that hold the same login. */
export function entriesOf(
  id: string,
  { entries }: ConfigFileContent,
  memory: Remembered,
): readonly ConfigEntry[] {
  const own = entries.filter(({ credential }) => credential.id === id);
  const traces = own.map(({ credential }) => traceOf(credential));
  const { entry } = custodyOf({ entries: traces, kept: null, copy: null }, memory);
  const chosen = entry === null ? undefined : traces[entry];
  return own.filter((_, at) => {
    const trace = traces[at];
    return chosen !== undefined && trace !== undefined && isSameLogin(trace, chosen);
  });
}

export function set({ position, credential: { id } }: ConfigEntry, credential: Credential) {
  return { kind: 'set', position, credential: { ...credential, id } } as const;
}

/** It goes on under its own id, and as its own client's. */
function renew(entry: ConfigEntry, credential: Credential): EntryEdit {
  const { clientId } = entry.credential;
  return { ...set(entry, clientId === '' ? credential : { ...credential, clientId }), isRenewal: true };
}

/**
 * In the place of the account's entry; as one of its own where there is none.
 *
 * @param over the digest of what somebody has looked at there, `null` for none: what another program has put there since
 *   is not written over. Left out: whatever stands there
 */
export function setOrAdd(
  credential: Credential,
  content: ConfigFileContent,
  memory: Remembered,
  over?: string | null,
): readonly EntryEdit[] {
  const entries = entriesOf(credential.id, content, memory);
  if (entries.length === 0) return [{ kind: 'add', credential }];
  const isLookedAt = entries.some((each) => credentialDigest(each.credential) === over);
  return over === undefined || isLookedAt ? entries.map((entry) => set(entry, credential)) : [];
}

/** What has to be written for a kept credential; nothing where the file holds what is none of its business. */
export function keptEdits(
  kept: KeptCredential,
  content: ConfigFileContent,
  known: Known,
): readonly EntryEdit[] {
  const { credential, kind, replaces } = kept;
  const custody = custodyOfKept(kept, content, known);
  if (custody.isKeptDone || kind === 'copy') return [];
  // Whatever their ids are by now: what they hold is spent.
  const holders = content.entries.filter((each) =>
    replaces.includes(tokenTrace(each.credential.refreshToken) ?? ''),
  );
  if (holders.length > 0) return holders.map((entry) => renew(entry, credential));
  // What waits for another config file is known here by those tokens, and by nothing else.
  if (!custody.isKeptDue || known.elsewhere.some((each) => each === kept)) return [];
  return setOrAdd(credential, content, rememberedOf(credential.id, known));
}

export function isDone(kept: KeptCredential, content: ConfigFileContent, known: Known): boolean {
  return custodyOfKept(kept, content, known).isKeptDone;
}

function custodyOfKept(kept: KeptCredential, { entries }: ConfigFileContent, known: Known): Custody {
  const { id } = kept.credential;
  const own = entries.filter(({ credential }) => credential.id === id);
  return custodyOf(
    { entries: own.map(({ credential }) => traceOf(credential)), kept: keptTrace(kept), copy: null },
    rememberedOf(id, { ...known, spent: spentOf(known) }),
  );
}

/** The ids of what edits write. */
export function idsOf(edits: readonly EntryEdit[]): readonly string[] {
  return [...new Set(edits.flatMap((edit) => ('credential' in edit ? edit.credential.id : [])))];
}

/**
 * Whether an older program's block holds a login that stands nowhere else, and that may still live: the block stays
 * where it is, and what was taken over from it is renewed in its entry.
 */
export function isOlderBlockNews(
  { entries, olderBlock }: Pick<ConfigFileContent, 'entries' | 'olderBlock'>,
  { records, spent }: Pick<Known, 'records' | 'spent'>,
): boolean {
  if (olderBlock === null) return false;
  const digest = credentialDigest(olderBlock);
  const isKnown = [...records.values()].some(
    ({ known }) => known?.digest === digest || known?.past.includes(digest) === true,
  );
  const isThere = entries.some(
    ({ credential }) =>
      credentialDigest(credential) === digest &&
      (isRefreshable(credential) || olderBlock.refreshToken === null),
  );
  return !isKnown && !isThere && !spent.has(tokenTrace(olderBlock.refreshToken) ?? '');
}

/** Adds the login of an older program's block to the list, unless it is there. @param taken ids that are taken */
export function olderBlockEdits(
  content: ConfigFileContent,
  known: Pick<Known, 'records' | 'spent'>,
  taken: readonly string[],
): readonly EntryEdit[] {
  const { entries, olderBlock } = content;
  if (olderBlock === null || !isOlderBlockNews(content, known)) return [];
  const id = freeCredentialId([...taken, ...entries.map(({ credential }) => credential.id)]);
  return [{ kind: 'add', credential: { ...olderBlock, id, clientId: CLIENT_ID, scopes: [] } }];
}
