import { randomUUID } from 'node:crypto';
import {
  DEFAULT_CREDENTIAL_ID,
  compareOwners,
  freeCredentialId,
  placeFor,
  type Credential,
  type Owner,
  type Place,
} from '../../domain/credential.ts';
import { failureOf, FailureError } from '../../domain/failure.ts';
import { entryLoss, loginEnd, withEvent } from '../../domain/history.ts';
import { SECOND } from '../../domain/instant.ts';
import { accessExpiry, loginExpiry } from '../../domain/lifetime.ts';
import type { ReportError } from '../../domain/log-line.ts';
import { withEnd, type SignIn } from '../../domain/sign-in.ts';
import { CLIENT_ID, SCOPES } from '../../oauth/client.ts';
import { isIdentity, ownerIn, type TokenAnswer } from '../../oauth/token-answer.ts';
import { testToken } from '../../oauth/token-test.ts';
import { credentialDigest, isRefreshable } from '../../vault/credential-trace.ts';
import type { AccountRecord, AnswerRoom, StoredAccount, Vault } from '../../vault/vault.ts';
import { giveBack, offerDisplaced, offerOverwritten } from '../accounts/displaced.ts';
import { learnOwner } from '../accounts/owner-told.ts';
import { reconcile } from '../accounts/reconcile.ts';
import { askForApproval, type ApprovalPorts, type Asked } from './approval.ts';
import { exchangeCode, type ExchangePorts } from './exchange.ts';
import { SignInAttempt } from './sign-in-attempt.ts';

export interface SignInPorts extends ApprovalPorts, ExchangePorts {
  readonly vault: Vault;
  readonly reportError: ReportError;
}

/** How long the service may think about whose a login is before that is stored. */
const PATIENCE_FOR_OWNER = 10 * SECOND;

/** What a run tells while it goes on. */
export interface SignInListener {
  /** The attempt changed. */
  readonly onChange: (signIn: SignIn) => void;
  /** The person can be asked for their approval; `null`: they have answered. */
  readonly onAsked: (asked: Asked | null) => void;
  /** What is stored about the account changed. */
  readonly onStored: () => Promise<void>;
}

/**
 * One sign-in from the PKCE challenge to the stored and tested credential. Never rejects: how it ended is the last
 * `SignIn` told. Aborting the signal cancels it at any step; once the credential is stored, only the test is cut short.
 */
export async function runSignIn(
  start: SignIn,
  ports: SignInPorts,
  { onChange, onAsked, onStored }: SignInListener,
  signal: AbortSignal,
): Promise<void> {
  const attempt = new SignInAttempt(start, onChange, signal);
  // While the person is busy approving, so that saving is quick.
  void ports.vault.prepareToSave();
  try {
    const grant = await askForApproval(attempt, ports, onAsked);
    attempt.step('exchange', 'active');
    // A code works once: what it is exchanged for has to have a place before it is sent.
    const room = await ports.vault.takeRoom(start.askedFor ?? DEFAULT_CREDENTIAL_ID, null);
    const answer = await exchangeCode(grant, attempt, ports).catch(async (error: unknown) => {
      await room.release();
      throw error;
    });
    if (answer.clockOffSeconds === 0) attempt.step('exchange', 'done');
    else attempt.step('exchange', 'warning', { code: 'clock-off', seconds: answer.clockOffSeconds });

    attempt.step('save', 'active');
    const { failure, id } = await save(answer, room, attempt, ports);
    attempt.step('save', failure === null ? 'done' : 'warning', failure);
    await onStored();

    await test(id, answer.accessToken, attempt, ports, onStored);
    attempt.step('done', 'done', null, { phase: 'succeeded' });
  } catch (error) {
    const aborted = signal.aborted && !(error instanceof FailureError);
    if (!aborted) ports.reportError('sign-in', error);
    attempt.change(withEnd(attempt.signIn, aborted ? { code: 'sign-in-cancelled' } : failureOf(error)));
  }
}

/** In turn with whoever else changes credentials; where that turn never comes, without: nothing may get lost. */
async function save(answer: TokenAnswer, room: AnswerRoom, attempt: SignInAttempt, ports: SignInPorts) {
  const { vault } = ports;
  let begun = false as boolean;
  const saving = async () => {
    begun = true;
    const owner = await ownerFor(answer, ports);
    // A person takes minutes to approve, the service seconds to tell, and others sign in meanwhile.
    await reconcile(ports);
    const { place: wanted, free, over } = await placeOf(owner, attempt.signIn.askedFor, ports);
    const isFree = await giveWay(wanted.id, over, owner, answer.refreshToken !== null, room, ports);
    const place: Place = isFree ? wanted : { id: free, surprise: 'apart' };
    attempt.change({ place });
    const { id } = place;
    const saved = await vault.store(
      {
        credential: credentialOf(id, answer),
        sent: null,
        over: isFree ? over : null,
        at: answer.receivedAt,
        change: (old) => signedInRecord(old, answer, owner),
      },
      room,
    );
    // Another program was quicker, and what it wrote stays: that is told.
    if (!saved.isInFile) await reconcile(ports);
    await vault.former.letGo();
    return { id, failure: saved.failure };
  };
  try {
    return await vault.exclusively(saving);
  } catch (error) {
    if (begun) throw error;
    return await saving();
  }
}

/** Where the answer does not say whose login it is the profile does: it must not cost somebody else theirs. */
async function ownerFor(answer: TokenAnswer, ports: SignInPorts): Promise<Owner> {
  const told = ownerIn(answer);
  // Where no login is at stake nobody is asked: the code is spent, and the answer nowhere yet.
  if (isIdentity(told) || (await ports.vault.load()).accounts.length === 0) return told;
  return (await whose(answer.accessToken, ports)) ?? told;
}

/** `null`: the service does not say, or not soon. Nobody cancels it: what was got for the code is to be stored first. */
async function whose(accessToken: string, { endpoints, http, clock }: SignInPorts): Promise<Owner | null> {
  const limit = new AbortController();
  const cancelTimer = clock.after(PATIENCE_FOR_OWNER, () => limit.abort());
  const told = await testToken(endpoints.apiUrl, accessToken, http, limit.signal).catch(() => null);
  cancelTimer();
  return told?.owner ?? null;
}

/**
 * A login whose id it gets is not given up where it may be somebody else's and has not ended, or can be renewed and the new
 * one cannot: under an id of its own it is offered to be put back. Likewise what nobody can renew, of which nothing is known.
 *
 * @param over the digest of what was looked at there
 * @returns false where it is another one by now, or our own folder takes nothing, so that it would be gone
 */
async function giveWay(
  id: string,
  over: string | null,
  owner: Owner,
  isRenewable: boolean,
  room: AnswerRoom,
  { vault, clock }: SignInPorts,
): Promise<boolean> {
  const { accounts } = await vault.load();
  const account = accounts.find((each) => each.id === id);
  if (digestOf(account) !== over) return false;
  if (account === undefined) return true;
  const { entry, record } = account;
  if (entry !== null && !isRefreshable(entry.credential)) {
    const offering = offerOverwritten(account, { vault, clock, accounts });
    const isOffered = await offering.then(
      () => true,
      () => false,
    );
    if (!isOffered) return false;
  }
  if (record?.known == null) return true;
  // Whose another program's is the record does not say before the service has.
  const whose = record.isOwnerSure ? compareOwners(owner, record.owner) : 'unknown';
  // None at hand: its entry was taken out, and a copy may be offered.
  const isAlive =
    (account.credential === null || isRefreshable(account.credential)) &&
    loginEnd(record.history) !== 'refused';
  const isAtStake = whose === 'another' || (isAlive && (whose === 'unknown' || !isRenewable));
  if (!isAtStake) return true;
  if (entry !== null && room.beside.size === 0) return false;
  await offerDisplaced(id, record, record.known, { vault, clock, accounts });
  return true;
}

/** What stands in its place; while a keychain keeps that from us, what is known of it. */
function digestOf(account: StoredAccount | undefined): string | null {
  const { entry = null, record = null } = account ?? {};
  return entry === null ? (record?.known?.digest ?? null) : credentialDigest(entry.credential);
}

/** @returns also an id that nobody has, and the digest of what was looked at in the place */
async function placeOf(
  owner: Owner,
  askedFor: string | null,
  ports: SignInPorts,
): Promise<{ readonly place: Place; readonly free: string; readonly over: string | null }> {
  const { accounts, isFileReadable, ids } = await ports.vault.load();
  const known = await Promise.all(
    accounts.map(async (account) => {
      const { id, record, entry, isSpent } = account;
      const isReplaced = entryLoss(record?.history ?? []) === 'replaced';
      // What another program put there may be anybody's, until somebody has told: what is asked for must not cost a login.
      const isUnsure = record?.known != null && (isReplaced || !record.isOwnerSure);
      const isAsked = id === askedFor && entry !== null && isUnsure && !isSpent;
      // Of what the service has refused there is nothing left to lose.
      const isOver = !isReplaced && loginEnd(record?.history ?? []) === 'refused';
      const isAlive = isAsked && !isOver && isRefreshable(entry.credential);
      const told = isAlive ? await whose(entry.credential.accessToken, ports) : null;
      // What it took the place of itself is not forgotten with it.
      if (told !== null && isAlive) await learnOwner(id, credentialDigest(entry.credential), told, ports);
      // Nobody can tell any more whose it was that is over: whoever signs in now may have taken somebody else's place.
      const isFormers = compareOwners(owner, record?.owner ?? null) === 'same';
      if (record !== null && isAsked && isOver && !isFormers)
        await giveBack(id, record, { ...ports, accounts });
      return {
        id,
        owner: told ?? (record?.isOwnerSure === true && !isReplaced ? record.owner : null),
        isOthers: (isAlive && told === null) || isAnotherClients(account),
      };
    }),
  );
  // Nobody knows which ids a file has that cannot be read, and nothing there is to be replaced once it can.
  const now = (await ports.vault.load()).accounts;
  const free = isFileReadable
    ? freeCredentialId([...ids, ...now.map(({ id }) => id)])
    : `account-${randomUUID()}`;
  const place = placeFor(askedFor, owner, known, free);
  return { place, free, over: digestOf(accounts.find(({ id }) => id === place.id)) };
}

/** An entry that holds what another client got for itself. */
function isAnotherClients({ entry }: StoredAccount): boolean {
  return (
    entry !== null &&
    !isRefreshable(entry.credential) &&
    !['', CLIENT_ID].includes(entry.credential.clientId.toLowerCase())
  );
}

/** The credential is stored: whatever the test says, and also when it is cut short, the sign-in has succeeded. */
async function test(
  id: string,
  accessToken: string,
  attempt: SignInAttempt,
  { endpoints, http, vault }: SignInPorts,
  onStored: () => Promise<void>,
): Promise<void> {
  const { signal } = attempt;
  attempt.step('test', 'active');
  try {
    const { owner, failure } = await testToken(endpoints.apiUrl, accessToken, http, signal);
    if (owner !== null) {
      await vault.saveRecord(id, (record) => ({ ...record, owner }));
      await onStored();
    }
    attempt.step('test', failure === null ? 'done' : 'warning', failure);
  } catch (error) {
    if (signal.aborted) attempt.step('test', 'skipped');
    else attempt.step('test', 'warning', failureOf(error));
  }
}

function credentialOf(id: string, answer: TokenAnswer): Credential {
  return {
    id,
    clientId: CLIENT_ID,
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken,
    accessExpiresAt: accessExpiry(answer.receivedAt, answer.expiresIn, answer.refreshToken !== null),
    // RFC 6749 section 5.1: an answer without scopes grants what was asked for.
    scopes: answer.scopes ?? SCOPES,
  };
}

function signedInRecord(
  { history, known, beside, storage, movedFrom, learntIn }: AccountRecord,
  answer: TokenAnswer,
  owner: Owner,
): AccountRecord {
  const at = answer.receivedAt;
  return {
    owner,
    isOwnerSure: true,
    accessIssuedAt: at,
    loginIssuedAt: at,
    loginExpiresAt: loginExpiry(at, answer.loginExpiresIn),
    issuedBy: answer.issuedBy,
    refusedBy: null,
    claudeCodes: null,
    history: withEvent(history, { at, kind: 'signed-in' }),
    tookOver: null,
    known,
    beside,
    storage,
    displacedFrom: null,
    movedFrom,
    cameFrom: null,
    learntIn,
  };
}
