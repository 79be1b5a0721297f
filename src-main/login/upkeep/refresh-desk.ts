import type { Credential } from '../../domain/credential.ts';
import { failureOf, FailureError } from '../../domain/failure.ts';
import { isOnlyToKnow } from '../../domain/gravity.ts';
import { loginEnd, waitsForKeychain, waitsForConnection, withEvent } from '../../domain/history.ts';
import { MINUTE, SECOND, type Instant } from '../../domain/instant.ts';
import type { Account } from '../../domain/snapshot.ts';
import { ownCredential } from '../../vault/vault.ts';
import { lockFailure } from '../../vault/storage/lock-failure.ts';
import { planRefresh } from '../../domain/refresh-policy.ts';
import { credentialDigest } from '../../vault/credential-trace.ts';
import type { OwnerLookup } from '../accounts/owner-lookup.ts';
import type { LoginPorts } from '../ports.ts';
import type { RefreshOutcome } from './refresh-run.ts';
import type { Service } from '../service.ts';
import type { State } from '../state.ts';
import type { StoredLogins } from '../accounts/stored-logins.ts';
import type { UnderWay } from '../under-way.ts';

/** So long whoever has closed the keychain's dialogue, or was not there to answer it, is not shown it again. */
const DIALOGUE_INTERVAL = 10 * MINUTE;
/** The same where no dialogue can come of it: it may take seconds not to answer. */
const KEYCHAIN_INTERVAL = MINUTE;

/** Whether the network is back is looked for so often: somebody waits for a token. */
const PROBE_INTERVAL = 30 * SECOND;
/** And so long: a resolver asks one dead server after another, and what a proxy is asked first takes seconds, too. */
const PROBE_LIMIT = 12 * SECOND;
/** While there is a token that will do. */
const PROBE_LIMIT_IN_TIME = 3 * SECOND;

/** Where every refresh begins, whoever wants it: one at a time for each account, and none in vain. */
export class RefreshDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'network' | 'reportError'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #owners: OwnerLookup;
  readonly #service: Service;
  readonly #underWay: UnderWay;
  readonly #running = new Map<string, Promise<RefreshOutcome>>();
  /** When the keychain may have shown its dialogue last, by the monotonic clock. */
  #askedKeychainAt: number;
  #probedAt = -Infinity;

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock' | 'network' | 'reportError'>,
    state: State,
    stored: StoredLogins,
    owners: OwnerLookup,
    service: Service,
    underWay: UnderWay,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#owners = owners;
    this.#service = service;
    this.#underWay = underWay;
    this.#askedKeychainAt = ports.clock.monotonic();
  }

  /** Loads what a refresh needs, while it is there. Never rejects. */
  async prepare(): Promise<void> {
    await Promise.all([loadRefreshRun(), this.#ports.network.prepare()]).catch((error: unknown) => {
      this.#ports.reportError('refresh', error);
    });
  }

  /**
   * Refreshes now, whatever the plan. Never rejects.
   *
   * @param lasting so long, in milliseconds, what another program got has to last to be the answer: whoever asks as cron
   * does looks again in hours
   */
  async refresh(id: string, lasting = 0): Promise<RefreshOutcome> {
    const failure = this.#service.refusal;
    if (failure !== null) {
      this.#state.addCommandTrouble(failure);
      return { kind: 'refused', failure };
    }
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const refreshing = this.#refreshOnce(id, lasting)
      .catch((error: unknown): RefreshOutcome => {
        this.#ports.reportError('refresh', error);
        return { kind: 'refused', failure: failureOf(error) };
      })
      .finally(() => {
        this.#running.delete(id);
        this.#stored.setRefreshing(id, false);
      });
    this.#running.set(id, refreshing);
    const tracked = this.#underWay.track(refreshing);
    this.#stored.setRefreshing(id, true);
    return tracked;
  }

  async #refreshOnce(id: string, lasting: number): Promise<RefreshOutcome> {
    const stored = this.#stored.find(id);
    if (stored === null) return { kind: 'refused', failure: { code: 'not-signed-in', id } };
    const history = stored.record?.history ?? [];
    // What only a person can mend is not asked for again: a spent token presented twice can end more than itself.
    if (loginEnd(history) === 'refused') return { kind: 'refused', failure: { code: 'grant-refused' } };
    // Of one whose secret is not at hand only a part has been seen.
    const isSeen = stored.credential !== null && stored.lock === null;
    const seen = isSeen ? credentialDigest(stored.credential) : null;
    const { refreshAccount } = await loadRefreshRun();
    this.#askKeychainAgain();
    const refresh = async () => {
      const ports = { ...this.#ports, ...this.#service.present, onOwnerTold: this.#owners.hear };
      const end = await refreshAccount(id, seen, lasting, ports);
      if (end.kind === 'refreshed') this.#stored.setClockOff(id, end.clockOffSeconds);
      await this.#stored.reload();
      return end;
    };
    let outcome = await refresh();
    // Nobody was asked to renew it: it may live, and is looked at once more when that is known.
    if (outcome.kind === 'entry-lost' && (await this.#owners.learnGuessed(id))) outcome = await refresh();
    const renewed = outcome.kind === 'refreshed' ? this.#stored.find(id) : null;
    if (renewed !== null) await this.#owners.learnRenewed(renewed);
    return outcome;
  }

  /**
   * A keychain that did not answer, or refused, may do so by now, and nobody may be there to press anything.
   *
   * @returns whether it is asked when secrets are read next
   */
  #askKeychainAgain(): boolean {
    const { vault, clock } = this.#ports;
    const { secretsObstacle: obstacle } = vault;
    if (obstacle === null) return false;
    const now = clock.monotonic();
    // Not each keychain says that it was its dialogue which a person has closed.
    const hasDialogue =
      obstacle.code === 'keychain-unavailable' && ['locked', 'refused'].includes(obstacle.reason);
    if (now - this.#askedKeychainAt < (hasDialogue ? DIALOGUE_INTERVAL : KEYCHAIN_INTERVAL)) return false;
    this.#askedKeychainAt = now;
    vault.askForSecretsAgain();
    return true;
  }

  #lastingCredential(id: string, lasting: number, now: Instant): Credential | null {
    const credential = this.#present(id);
    const account = this.#shown(id);
    if (credential === null || account === undefined) return credential;
    const { at, reason } = planRefresh(account, account.history, now);
    // Got while the clock was ahead it is over sooner than its end says.
    if (reason === 'clock-jumped') return null;
    const endsAt = credential.accessExpiresAt;
    // Where nobody knows its end it is taken to last until it would be renewed: no app may run that does.
    const isLasting =
      endsAt === null ? at === null || (reason === 'before-expiry' && at > now) : endsAt - now >= lasting;
    return isLasting ? credential : null;
  }

  /** What is the account's own, with the end that counts: what another program wrote beside it may be missing, or absurd. */
  #present(id: string): Credential | null {
    const stored = this.#stored.find(id);
    const credential = stored === null ? null : ownCredential(stored);
    return credential && { ...credential, accessExpiresAt: this.#shown(id)?.accessExpiresAt ?? null };
  }

  #shown(id: string): Account | undefined {
    return this.#state.snapshot.accounts.find((each) => each.id === id);
  }

  /** Where no app runs nobody else looks whether the way is free again, for which a refresh has failed. */
  async #noteNetworkIfBack(id: string, limit: number): Promise<void> {
    const history = this.#stored.find(id)?.record?.history ?? [];
    const [tokenUrl] = this.#service.present.endpoints.tokenUrls;
    if (!waitsForConnection(history) || tokenUrl === undefined) return;
    const { clock, network } = this.#ports;
    if (clock.monotonic() - this.#probedAt < PROBE_INTERVAL) return;
    this.#probedAt = clock.monotonic();
    if (!(await network.isReachable(tokenUrl, AbortSignal.timeout(limit)))) return;
    const at = clock.now();
    await this.#ports.vault.saveRecord(id, (record) => {
      // Others found the same at the same moment, and each one found in vain makes the next wait longer.
      if (!waitsForConnection(record.history)) return record;
      return { ...record, history: withEvent(record.history, { at, kind: 'woke', by: 'network' }) };
    });
    await this.#stored.reload();
  }

  /**
   * The account's credential with at least `lasting` milliseconds left, refreshed for it where the policy allows.
   *
   * @throws FailureError why there is none
   */
  async freshCredential(id: string, lasting: number): Promise<Credential> {
    const { vault, clock } = this.#ports;
    const now = clock.now();
    // What is taken for spent, so that ours would be handed out in its place, may turn out to live.
    const isAlive = await this.#owners.learnGuessed(id);
    const atHand = this.#lastingCredential(id, lasting, now);
    if (atHand !== null) return atHand;
    if (this.#askKeychainAgain()) {
      await vault.seeSecrets();
      await this.#stored.reload();
      const found = this.#lastingCredential(id, lasting, now);
      if (found !== null) return found;
    }
    const credential = this.#present(id);
    const lock = this.#stored.find(id)?.lock ?? null;
    if (credential === null) {
      const replaced = this.#shown(id)?.troubles.find((each) => each.code === 'entry-replaced');
      throw new FailureError(lock === null ? (replaced ?? { code: 'not-signed-in', id }) : lockFailure(lock));
    }
    const isOver = credential.accessExpiresAt !== null && credential.accessExpiresAt <= now;
    await this.#noteNetworkIfBack(id, isOver ? PROBE_LIMIT : PROBE_LIMIT_IN_TIME);
    const account = this.#shown(id);
    const plan = account === undefined ? null : planRefresh(account, account.history, now);
    const refusal = account?.troubles.find((each) => !isOnlyToKnow(each)) ?? { code: 'not-refreshable' };
    // Younger than any sensible lifetime: the service would only give another one like it.
    if (plan?.reason === 'not-too-often' && plan.at > now) return credential;
    // Nobody was asked for want of the keychain, which has opened since.
    const isOpen =
      lock === null && vault.secretsObstacle === null && waitsForKeychain(account?.history ?? []);
    const hasToWait = plan?.reason === 'after-refusal' || plan?.reason === 'network-back';
    const isInTime = plan?.at != null && (!hasToWait || plan.at <= now || isOpen);
    const mayAsk = isInTime || isAlive;
    const outcome: RefreshOutcome = mayAsk ? await this.refresh(id) : { kind: 'refused', failure: refusal };
    const fresh = this.#present(id);
    const hasTime = fresh?.accessExpiresAt == null || fresh.accessExpiresAt > clock.now();
    if (fresh !== null && hasTime) return fresh;
    const trouble = this.#shown(id)?.troubles.find((each) => !isOnlyToKnow(each));
    throw new FailureError(
      outcome.kind === 'refused' ? outcome.failure : (trouble ?? { code: 'not-signed-in', id }),
    );
  }
}

/** Not needed to show the tray, so not on the start-up path. */
function loadRefreshRun() {
  return import('./refresh-run.ts');
}
