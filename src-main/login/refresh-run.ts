import type { Credential } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import { loginEnd, withEvent } from '../domain/history.ts';
import { SECOND } from '../domain/instant.ts';
import { accessExpiry, loginExpiry } from '../domain/lifetime.ts';
import type { Endpoints } from '../oauth/endpoints.ts';
import type { Http } from '../oauth/http.ts';
import type { TokenAnswer } from '../oauth/token-answer.ts';
import { TokenEndpoint } from '../oauth/token-endpoint.ts';
import { credentialDigest } from '../vault/credential-digest.ts';
import { EMPTY_RECORD, type AccountRecord, type Vault } from '../vault/vault.ts';
import type { Clock } from './clock.ts';
import { isRefreshable, reconcile } from './reconcile.ts';

export interface RefreshPorts {
  readonly endpoints: Endpoints;
  readonly http: Http;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** How a refresh ended. */
export type RefreshOutcome =
  /** `failure`: why the new credential is not in the config file, or the record not in ours. */
  | { readonly kind: 'refreshed'; readonly failure: Failure | null; readonly clockOffSeconds: number }
  /** Somebody else, on this machine, had a newer one: nobody was asked. */
  | { readonly kind: 'adopted' }
  /** It is as young as an answer to this would be: nobody was asked. */
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
 */
export async function refreshAccount(
  id: string,
  seen: string | null,
  ports: RefreshPorts,
): Promise<RefreshOutcome> {
  try {
    return await ports.vault.exclusively(() => refreshInTurn(id, seen, ports));
  } catch (error) {
    // Nobody was asked: the lock is held for too long, or cannot be made.
    return noteRefusal(id, failureOf(error), ports);
  }
}

async function refreshInTurn(id: string, seen: string | null, ports: RefreshPorts): Promise<RefreshOutcome> {
  const { vault, clock } = ports;
  const change = await reconcile(id, ports);
  if (change === 'removed' || change === 'replaced') return { kind: 'entry-lost' };
  const { account } = await vault.find(id);
  // Where nothing is known of it any more it was signed out meanwhile: our copy must not bring it back.
  const stored = account === null ? null : (account.credential ?? (await vault.copyOf(id)));
  if (stored === null) return { kind: 'refused', failure: { code: 'not-signed-in', id } };
  const record = account?.record ?? EMPTY_RECORD;
  // Another process has just been told so: a spent token presented twice can end more than itself.
  if (loginEnd(record.history) === 'refused') return { kind: 'refused', failure: { code: 'grant-refused' } };
  const now = clock.now();
  const age = now - (record.accessIssuedAt ?? -Infinity);
  // One that was just found in the file may be long over.
  const isOver = stored.accessExpiresAt !== null && stored.accessExpiresAt <= now;
  const isFresh = age >= 0 && age < FRESH && !isOver;
  if (seen !== null && credentialDigest(stored) !== seen) return { kind: 'adopted' };
  if (isFresh) return { kind: 'fresh' };

  const credential = (await vault.newerCopy(stored, record)) ?? stored;
  if (!isRefreshable(credential)) return { kind: 'refused', failure: { code: 'not-refreshable' } };
  let answer: TokenAnswer;
  try {
    const endpoint = new TokenEndpoint(ports.endpoints.tokenUrls, ports.http);
    answer = await endpoint.refresh(credential.refreshToken);
  } catch (error) {
    return refused(id, failureOf(error), ports);
  }
  const { clockOffSeconds } = answer;
  const renewed = renewedCredential(credential, answer);
  try {
    const { failure } = await vault.saveCredential(renewed, (old) => renewedRecord(old, answer));
    return { kind: 'refreshed', failure, clockOffSeconds };
  } catch (error) {
    // Stored nowhere: the vault holds it in memory, and tries again.
    return { kind: 'refreshed', failure: failureOf(error), clockOffSeconds };
  }
}

/** A dead refresh token ends the login only if nobody has put another one into the file meanwhile. */
async function refused(id: string, failure: Failure, ports: RefreshPorts): Promise<RefreshOutcome> {
  if (failure.code === 'grant-refused') {
    const change = await reconcile(id, ports);
    if (change === 'adopt') return { kind: 'adopted' };
    if (change === 'removed' || change === 'replaced') return { kind: 'entry-lost' };
  }
  return noteRefusal(id, failure, ports);
}

/** The policy goes by what is written down: a refusal it does not know of would be repeated at once. */
async function noteRefusal(
  id: string,
  failure: Failure,
  { vault, clock }: RefreshPorts,
): Promise<RefreshOutcome> {
  const at = clock.now();
  await vault.saveRecord(id, (record) => ({
    ...record,
    history: withEvent(record.history, { at, kind: 'refused', failure }),
  }));
  return { kind: 'refused', failure };
}

function renewedCredential(old: Credential, answer: TokenAnswer): Credential {
  return {
    ...old,
    accessToken: answer.accessToken,
    // RFC 6749 section 6: where none is issued the old one goes on.
    refreshToken: answer.refreshToken ?? old.refreshToken,
    accessExpiresAt: accessExpiry(answer.receivedAt, answer.expiresIn),
    scopes: answer.scopes ?? old.scopes,
  };
}

function renewedRecord(record: AccountRecord, answer: TokenAnswer): AccountRecord {
  const at = answer.receivedAt;
  return {
    ...record,
    accessIssuedAt: at,
    // Refreshing does not extend the login: an answer that leaves its end out means the one known (`facts.md` section 1).
    loginExpiresAt: loginExpiry(at, answer.loginExpiresIn) ?? record.loginExpiresAt,
    history: withEvent(record.history, { at, kind: 'refreshed' }),
  };
}
