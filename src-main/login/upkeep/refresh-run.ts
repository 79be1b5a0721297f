import type { Credential, Owner } from '../../domain/credential.ts';
import { failureOf, type AnswerOddity, type Failure } from '../../domain/failure.ts';
import {
  entryLoss,
  isAnotherKeepers,
  isGotByUs,
  lastGood,
  loginEnd,
  refusalsInARow,
  withEvent,
  type Refusal,
} from '../../domain/history.ts';
import { SECOND, type Instant } from '../../domain/instant.ts';
import { accessExpiry, loginExpiry, plausibleExpiry } from '../../domain/lifetime.ts';
import type { ReportError } from '../../domain/log-line.ts';
import { asRefusal, isOfNetwork, mayHaveBeenSent } from '../../domain/refusal.ts';
import { isSameService, type Endpoints } from '../../oauth/endpoints.ts';
import { isIdentity, ownerIn, type TokenAnswer } from '../../oauth/token-answer.ts';
import { HalfAnswered, TokenEndpoint } from '../../oauth/token-endpoint.ts';
import { lockFailure } from '../../vault/storage/lock-failure.ts';
import { credentialDigest, isRefreshable, tokenTrace } from '../../vault/credential-trace.ts';
import {
  EMPTY_RECORD,
  type AccountRecord,
  type AnswerRoom,
  type StoredAccount,
  type Vault,
} from '../../vault/vault.ts';
import type { Clock } from '../clock.ts';
import { claudeCodesLessons } from '../accounts/claude-codes-lessons.ts';
import { reconcile } from '../accounts/reconcile.ts';
import type { ServicePorts } from '../service.ts';

export interface RefreshPorts extends ServicePorts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly reportError: ReportError;
  /** Hears whose the account's credential of this digest is, where the answer that brought it says so. */
  readonly onOwnerTold: (id: string, digest: string, owner: Owner) => void;
}

/** How a refresh ended. */
export type RefreshOutcome =
  /** `failure`: why the new credential is not in the config file, or the record not in ours. */
  | { readonly kind: 'refreshed'; readonly failure: Failure | null; readonly clockOffSeconds: number }
  /** Somebody else, on this machine, had a newer one: it is taken. */
  | { readonly kind: 'adopted' }
  /** It was renewed or signed in a moment ago: nobody was asked. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Another program took the entry away, or put there what is no successor of ours: nobody was asked. */
  | { readonly kind: 'entry-lost' };

/** A credential this young is the answer to whoever asks for a fresh one: two clicks are one refresh. */
const FRESH = 2 * SECOND;

/**
 * Refreshes one login as a transaction: nobody else on this machine refreshes, signs in or signs out meanwhile; what
 * stands in the file is read again first, and a newer credential there is taken instead of asking; the new one is on
 * disk before anyone is told. The token endpoint is asked at most once. Never rejects.
 *
 * @param seen the digest of the credential that is to be renewed: any other one is newer
 * @param lasting so long, in milliseconds, what another program got has to last to be the answer
 */
export async function refreshAccount(
  id: string,
  seen: string | null,
  lasting: number,
  ports: RefreshPorts,
): Promise<RefreshOutcome> {
  const turn: Turn = { ...ports, lasting, since: ports.clock.now() };
  try {
    return await ports.vault.exclusively(() => refreshInTurn(id, seen, turn));
  } catch (error) {
    ports.reportError('refresh', error);
    // Nobody was asked: the lock is held for too long, or cannot be made.
    return noteRefusal([id], failureOf(error), turn);
  }
}

interface Turn extends RefreshPorts {
  readonly lasting: number;
  /** When whoever has it began to wait for it. */
  readonly since: Instant;
}

async function refreshInTurn(id: string, seen: string | null, turn: Turn): Promise<RefreshOutcome> {
  const { vault, clock, since, lasting } = turn;
  const change = (await reconcile(turn)).get(id);
  if (change === 'removed' || change === 'replaced') return { kind: 'entry-lost' };
  const { account } = await vault.find(id);
  if (account?.lock != null) return noteRefusal([id], lockFailure(account.lock), turn);
  // Where nothing is known of it any more it was signed out meanwhile: our copy must not bring it back.
  const stored = account === null ? null : (account.credential ?? (await vault.copyOf(id)));
  if (account === null || stored === null) return { kind: 'refused', failure: { code: 'not-signed-in', id } };
  const record = account.record ?? EMPTY_RECORD;
  // Another process has just been told so: a spent token presented twice can end more than itself.
  if (loginEnd(record.history) === 'refused') return { kind: 'refused', failure: { code: 'grant-refused' } };
  const isOther = seen !== null && credentialDigest(stored) !== seen;
  if (!isFoundOld(record, stored, lasting, clock.now())) {
    // What a backup had set back is asked for as what came back would have been.
    if (isOther && change !== 'restored') return { kind: 'adopted' };
    const news = freshNews(record, stored, clock.now());
    if (news !== null) return { kind: news };
  }
  const refusal = refusalSince(since, clock.now(), record);
  if (refusal !== null) return { kind: 'refused', failure: refusal };
  return ask(account, await newest(stored, turn), turn);
}

/** Whether another program got it so long ago that it is over too soon, for all anybody knows: when is not told. */
function isFoundOld(
  { history }: AccountRecord,
  { accessExpiresAt }: Credential,
  lasting: number,
  now: Instant,
): boolean {
  const left = (plausibleExpiry(accessExpiresAt, now, true) ?? now) - now;
  return lasting > 0 && left < lasting && lastGood(history)?.kind === 'adopted';
}

/** Whether a renewal was just what happened, and whose; of an entry nobody of ours has seen before one cannot say so. */
function freshNews(
  { history, accessIssuedAt }: AccountRecord,
  { accessExpiresAt }: Credential,
  now: Instant,
): 'fresh' | 'adopted' | null {
  const age = now - (accessIssuedAt ?? -Infinity);
  // One that was just found in the file may be long over.
  const isOver = accessExpiresAt !== null && accessExpiresAt <= now;
  if (age < 0 || age >= FRESH || isOver) return null;
  if (lastGood(history)?.kind !== 'adopted') return 'fresh';
  return history.length > 1 ? 'adopted' : null;
}

/**
 * Why the service refused whoever had the turn before, after others had begun to wait for it: that is their answer, too. Each
 * asking for itself would make the second of two lost answers of the first, and a minute's wait one of hours. What kept
 * another process from asking need not keep this one: cron has no keychain.
 */
function refusalSince(since: Instant, now: Instant, { history }: AccountRecord): Failure | null {
  const last = refusalsInARow(history).at(-1);
  if (last === undefined || !isBetween(last, since, now)) return null;
  return mayHaveBeenSent(last.failure) ? last.failure : null;
}

/** What a crash kept out of every file comes first into it: only then the tokens before it are known to be spent. */
async function newest(stored: Credential, { vault, clock }: RefreshPorts): Promise<Credential> {
  const newer = await vault.newerCopy(stored);
  if (newer === null) return stored;
  await vault.store({ credential: newer, sent: stored, at: clock.now(), change: (record) => record }, null);
  return newer;
}

/** Asks the token endpoint, once, when there is room for its answer, and stores that. */
async function ask(
  { id, twins, record }: StoredAccount,
  credential: Credential,
  ports: Turn,
): Promise<RefreshOutcome> {
  const { vault, endpoints, http, onTokenHost } = ports;
  if (!isRefreshable(credential)) return { kind: 'refused', failure: { code: 'not-refreshable' } };
  if (await isLeftToOther(record, credential, vault)) {
    // It may have been given to Claude Code since: it is told of what took nobody's place, and may be ours otherwise.
    if (record?.tookOver == null) await vault.learn(await claudeCodesLessons([{ ...credential, id }], vault));
    return noteRefusal([id, ...twins], { code: 'not-refreshable' }, ports);
  }
  const tokenUrls = issuersOf(record, endpoints);
  if (tokenUrls.length === 0) {
    const host = endpoints.tokenUrls[0]?.host ?? '';
    const reason: AnswerOddity = 'not-the-issuer';
    return noteRefusal([id, ...twins], { code: 'answer-unexpected', host, reason }, ports);
  }
  // What it seemed to take the place of may be somebody else's, and lie where the next copy goes.
  if (record?.tookOver != null) await vault.former.keep([record.tookOver.digest]);
  let room: AnswerRoom;
  try {
    room = await vault.takeRoom(id, credential);
  } catch (error) {
    ports.reportError('refresh', error);
    return noteRefusal([id, ...twins], failureOf(error), ports);
  }
  let answer: TokenAnswer;
  let answering: URL | null = null;
  let overtakenBy = null as RefreshOutcome | null;
  try {
    const endpoint = new TokenEndpoint(tokenUrls, http, (url) => {
      answering = url;
      onTokenHost(url.host);
    });
    answer = await endpoint.refresh(credential.refreshToken, async () => {
      overtakenBy = await overtaking(id, credential, ports);
      if (overtakenBy !== null) throw new Error('overtaken');
    });
  } catch (error) {
    if (overtakenBy !== null) {
      await room.release();
      return overtakenBy;
    }
    ports.reportError('refresh', error);
    if (error instanceof HalfAnswered) return storeHalf(credential, error, room, ports);
    await room.release();
    return refused(id, credential, failureOf(error), answering, ports);
  }
  const { receivedAt, clockOffSeconds } = answer;
  const renewed = renewedCredential(credential, answer);
  const owner = ownerIn(answer);
  if (isIdentity(owner)) ports.onOwnerTold(id, credentialDigest(renewed), owner);
  const told = (failure: Failure | null) => ({ kind: 'refreshed', failure, clockOffSeconds }) as const;
  try {
    const change = (old: AccountRecord) => renewedRecord(old, answer);
    const { failure } = await vault.store(
      { credential: renewed, sent: credential, at: receivedAt, change },
      room,
    );
    // Other programs may have written while the service was thinking.
    await reconcile(ports);
    return told(failure);
  } catch (error) {
    ports.reportError('refresh', error);
    // Stored nowhere: the vault holds it in memory, and tries again.
    return told(failureOf(error));
  }
}

/**
 * What somebody else has done to it since it was decided to renew it: a keychain and a connection take seconds at times,
 * also to another program that wakes at the same moment. What that has renewed is spent here.
 */
async function overtaking(
  id: string,
  credential: Credential,
  ports: RefreshPorts,
): Promise<RefreshOutcome | null> {
  // Whatever id it has by now.
  const isHolder = ({ credential: present, record, change }: StoredAccount) =>
    present?.refreshToken === credential.refreshToken &&
    change !== 'removed' &&
    change !== 'replaced' &&
    entryLoss(record?.history ?? []) === null;
  if ((await ports.vault.load()).accounts.some(isHolder)) return null;
  const change = (await reconcile(ports)).get(id);
  const { accounts } = await ports.vault.load();
  if (accounts.some(isHolder)) return null;
  if (change === 'removed' || change === 'replaced') return { kind: 'entry-lost' };
  // Of one that was in no file before nothing can be told.
  const isUnseen = accounts.some((each) => each.id === id && each.credential === null);
  return isUnseen ? null : { kind: 'adopted' };
}

/**
 * Whether another program wrote it that keeps the same login in a place of its own, and would present what we had spent.
 * Once it has renewed that itself nothing there tells any more: what was found stays so.
 */
async function isLeftToOther(
  record: AccountRecord | null,
  credential: Credential,
  vault: Vault,
): Promise<boolean> {
  const history = record?.history ?? [];
  if (isAnotherKeepers(history)) return true;
  const wasFound = record?.claudeCodes != null && record.claudeCodes === tokenTrace(credential.refreshToken);
  return !isGotByUs(history) && (wasFound || (await vault.isClaudeCodes(credential)));
}

/**
 * A token goes to the service that gave it, and to no other: an address set by mistake would learn a secret, know nothing
 * of the login, and might answer all the same. Of what another program got nobody knows who gave it.
 */
function issuersOf(record: AccountRecord | null, { tokenUrls }: Endpoints): readonly URL[] {
  const issuedBy = record?.issuedBy ?? null;
  return tokenUrls.filter(({ hostname }) => issuedBy === null || isSameService(hostname, issuedBy));
}

/** The next refresh token counts, whatever came with it: its access token is taken for over, so the next is asked for. */
async function storeHalf(
  sent: Credential,
  { failure, refreshToken, receivedAt: at }: HalfAnswered,
  room: AnswerRoom,
  { vault }: RefreshPorts,
): Promise<RefreshOutcome> {
  const change = (record: AccountRecord) => ({
    ...record,
    history: withEvent(record.history, { at, kind: 'refused', failure: asRefusal(failure) }),
  });
  try {
    await vault.store({ credential: { ...sent, refreshToken, accessExpiresAt: at }, sent, at, change }, room);
    return { kind: 'refused', failure };
  } catch (error) {
    return { kind: 'refused', failure: failureOf(error) };
  }
}

/** A refusal is believed only if nobody has put another token into the file meanwhile: that one is good, then. */
async function refused(
  id: string,
  sent: Credential,
  failure: Failure,
  answering: URL | null,
  ports: Turn,
): Promise<RefreshOutcome> {
  const change = (await reconcile(ports)).get(id);
  if (change === 'adopt' || change === 'restored') return { kind: 'adopted' };
  if (change === 'removed' || change === 'replaced') return { kind: 'entry-lost' };
  // An id may have gone to somebody else meanwhile, whose login nobody has refused.
  const { accounts } = await ports.vault.load();
  const holders = accounts.filter(({ credential }) => credential?.refreshToken === sent.refreshToken);
  const refusedIds = [...new Set([id, ...holders.map((each) => each.id)])];
  const refusedBy = failure.code === 'grant-refused' ? (answering?.hostname ?? null) : null;
  const outcome = await noteRefusal(refusedIds, failure, ports, refusedBy);
  // What another program put in the place of ours may never have been any good: ours may be.
  if (failure.code === 'grant-refused') await reconcile(ports);
  return outcome;
}

/**
 * The policy goes by what is written down: a refusal it does not know of would be repeated at once. Of entries that hold
 * one login each is refused.
 */
async function noteRefusal(
  ids: readonly string[],
  failure: Failure,
  { vault, clock, since }: Turn,
  refusedBy: string | null = null,
): Promise<RefreshOutcome> {
  const at = clock.now();
  await vault.learn(
    ids.map((id) => ({
      id,
      change: (record) => {
        // Others that waited for their turn as well have met the same just now: once is enough to wait longer for.
        if (isOfNetwork(failure) && isOfNetworkSince(since, at, record)) return record;
        return {
          ...record,
          // What else fails later says nothing of who has refused it.
          refusedBy: refusedBy ?? record.refusedBy,
          history: withEvent(record.history, { at, kind: 'refused', failure: asRefusal(failure) }),
        };
      },
    })),
  );
  return { kind: 'refused', failure };
}

function isOfNetworkSince(since: Instant, now: Instant, { history }: AccountRecord): boolean {
  const last = refusalsInARow(history).at(-1);
  return last !== undefined && isBetween(last, since, now) && isOfNetwork(last.failure);
}

/** What lies ahead was noted before the clock was set back. */
function isBetween({ at }: Refusal, since: Instant, now: Instant): boolean {
  return at > since && at <= now;
}

function renewedCredential(old: Credential, answer: TokenAnswer): Credential {
  return {
    ...old,
    accessToken: answer.accessToken,
    // RFC 6749 section 6: where none is issued the old one goes on.
    refreshToken: answer.refreshToken ?? old.refreshToken,
    accessExpiresAt: accessExpiry(answer.receivedAt, answer.expiresIn, true),
    scopes: answer.scopes ?? old.scopes,
  };
}

function renewedRecord(record: AccountRecord, answer: TokenAnswer): AccountRecord {
  const at = answer.receivedAt;
  // What is renewed after its end ends at another time: by a clock that was behind, or it was an earlier login's.
  const knownEnd = (record.loginExpiresAt ?? 0) > at ? record.loginExpiresAt : null;
  return {
    ...record,
    accessIssuedAt: at,
    // Refreshing does not extend the login: an answer that leaves its end out means the one known (`facts.md` section 1).
    loginExpiresAt: loginExpiry(at, answer.loginExpiresIn) ?? knownEnd,
    issuedBy: answer.issuedBy,
    history: withEvent(record.history, { at, kind: 'refreshed' }),
  };
}
