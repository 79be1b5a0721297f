import type { Credential } from '../../domain/credential.ts';
import { isSameLogin } from '../../domain/entry-change.ts';
import { FailureError } from '../../domain/failure.ts';
import type { HistoryEvent } from '../../domain/history.ts';
import { SECOND, type Instant } from '../../domain/instant.ts';
import type { Revocation, RevocationObstacle } from '../../domain/revocation.ts';
import { isSameService } from '../../oauth/endpoints.ts';
import { credentialDigest, traceOf } from '../../vault/credential-trace.ts';
import { EMPTY_RECORD, type StoredAccount } from '../../vault/vault.ts';
import { reconcile } from '../accounts/reconcile.ts';
import type { StoredLogins } from '../accounts/stored-logins.ts';
import type { LoginPorts } from '../ports.ts';
import type { Service } from '../service.ts';
import type { State } from '../state.ts';
import type { UnderWay } from '../under-way.ts';
import { dropGuess, handOn } from './hand-on.ts';
import { revocableOf, type Revocable } from './revocable.ts';

/** How long the service may take to say that it has revoked a login. Nobody waits for it but the end of a command. */
const PATIENCE = 5 * SECOND;

/** How a sign-out ended: on this machine it is done, whatever becomes of the rest. */
export interface SignedOut {
  /** What the service says, within some seconds. Never rejects. */
  readonly revocation: Promise<Revocation>;
}

/** Signing out: here at once, and with the service as a courtesy that nothing depends on. */
export class SignOutDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #service: Service;
  readonly #underWay: UnderWay;
  readonly #stopped = new AbortController();

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock'>,
    state: State,
    stored: StoredLogins,
    service: Service,
    underWay: UnderWay,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#service = service;
    this.#underWay = underWay;
  }

  /** An answer that has not come yet is not waited for. */
  stop(): void {
    this.#stopped.abort();
  }

  /** As `Login.signOut`. */
  async signOut(id: string): Promise<SignedOut> {
    const { vault, clock } = this.#ports;
    this.#stored.setClockOff(id, 0);
    const seen = this.#stored.find(id)?.credential ?? null;
    const owner = this.#stored.find(id)?.record?.owner ?? null;
    const at = clock.now();
    let revocable: Revocable | RevocationObstacle | null = null;
    try {
      revocable = await this.#underWay.track(vault.exclusively(() => this.#forget(id, seen, at)));
    } finally {
      await this.#stored.reload();
    }
    if (revocable === null) return { revocation: Promise.resolve(firstWord('nothing')) };
    this.#state.update({ farewell: { id, owner, revocation: firstWord(revocable) } });
    return { revocation: this.#revoke(id, revocable, at) };
  }

  /** Puts away what is told of the last sign-out. */
  dismiss(): void {
    if (this.#state.snapshot.farewell !== null) this.#state.update({ farewell: null });
  }

  /** In its turn. @returns what of it may be revoked; `null` where it was gone already */
  async #forget(
    id: string,
    seen: Credential | null,
    at: Instant,
  ): Promise<Revocable | RevocationObstacle | null> {
    const { vault } = this.#ports;
    // What a crash kept from the file is the login that the person looked at, renewed: known as such once it is there.
    await vault.saveAgain(at);
    await reconcile(this.#ports);
    const { account } = await vault.find(id);
    const now = account?.credential ?? null;
    // The login that the person looked at may have another id by now, and somebody else's this one.
    const isAnother = seen !== null && now !== null && !isSameLogin(traceOf(seen), traceOf(now));
    if (isAnother && !isSuccessor(seen, account)) throw this.#replaced();
    const revocable = revocableOf(account);
    if (account !== null) await handOn(account, this.#ports);
    const removed = await vault.forget(id, at);
    if (account === null) return null;
    await dropGuess(account, this.#ports);
    const found = typeof revocable === 'string' ? revocable : await this.#askable(revocable, removed);
    // Who signs in under this id again has it in their history.
    const before = account.record?.history.filter(({ kind }) => kind === 'signed-out') ?? [];
    const history = [...before, { at, kind: 'signed-out', revocation: firstWord(found) } as const];
    await vault.learn([{ id, change: () => ({ ...EMPTY_RECORD, history }) }]);
    return found;
  }

  /** Whether the service is asked, now that the login is forgotten here. */
  async #askable(
    revocable: Revocable,
    removed: readonly Credential[],
  ): Promise<Revocable | RevocationObstacle> {
    const { credential, issuedBy } = revocable;
    // Another program may have renewed it just before: what we hold is spent then.
    const isIt = ({ refreshToken }: Credential) => refreshToken === credential.refreshToken;
    if (removed.length === 0 || !removed.every(isIt)) return 'others';
    if (await this.#ports.vault.isHeldElsewhere(credential)) return 'shared';
    if (this.#service.refusal !== null) return 'runtime';
    const { revocationUrl } = this.#service.present.endpoints;
    const isIssuer = revocationUrl !== null && isSameService(revocationUrl.hostname, issuedBy);
    return isIssuer ? revocable : 'not-the-issuer';
  }

  /** Asks, where there is anything to ask for, and tells the answer wherever it is to be told. Never rejects. */
  async #revoke(id: string, revocable: Revocable | RevocationObstacle, at: Instant): Promise<Revocation> {
    if (typeof revocable === 'string') return firstWord(revocable);
    const { clock, vault } = this.#ports;
    const { endpoints, http } = this.#service.present;
    const { revocationUrl } = endpoints;
    if (revocationUrl === null) return firstWord('not-the-issuer');
    const { revoke } = await import('../../oauth/revocation.ts');
    const limit = new AbortController();
    const cancelTimer = clock.after(PATIENCE, () => limit.abort());
    const signal = AbortSignal.any([limit.signal, this.#stopped.signal]);
    const revocation = await revoke(revocationUrl, revocable.credential.refreshToken, http, signal);
    cancelTimer();
    if (this.#stopped.signal.aborted) return revocation;
    const isIt = (event: HistoryEvent) => event.kind === 'signed-out' && event.at === at;
    await this.#underWay.track(
      vault.learn([
        {
          id,
          isUpdate: true,
          change: (record) => ({
            ...record,
            history: record.history.map((event) =>
              isIt(event) ? { at, kind: 'signed-out', revocation } : event,
            ),
          }),
        },
      ]),
    );
    const { farewell } = this.#state.snapshot;
    if (farewell?.id === id && farewell.revocation.outcome === 'asked') {
      this.#state.update({ farewell: { ...farewell, revocation } });
    }
    await this.#stored.reload();
    return revocation;
  }

  #replaced(): FailureError {
    const { configFile } = this.#state.snapshot.surroundings;
    return new FailureError({ code: 'entry-replaced', path: configFile, copy: false });
  }
}

function firstWord(revocable: Revocable | RevocationObstacle): Revocation {
  return typeof revocable === 'string' ? { outcome: 'not-asked', reason: revocable } : { outcome: 'asked' };
}

/** Whether what is there now came by renewing what was there. */
function isSuccessor(seen: Credential, account: StoredAccount | null): boolean {
  const past = account?.record?.known?.past ?? [];
  return past.includes(credentialDigest(seen)) && account?.record?.isOwnerSure !== false;
}
