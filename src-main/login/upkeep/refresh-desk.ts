import type { Credential } from '../../domain/credential.ts';
import { FailureError } from '../../domain/failure.ts';
import { isOnlyToKnow } from '../../domain/gravity.ts';
import { loginEnd } from '../../domain/history.ts';
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

/** Where every refresh begins, whoever wants it: one at a time for each account, and none in vain. */
export class RefreshDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'reportError'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #owners: OwnerLookup;
  readonly #service: Service;
  readonly #underWay: UnderWay;
  readonly #running = new Map<string, Promise<RefreshOutcome>>();

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock' | 'reportError'>,
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
  }

  /** Refreshes now, whatever the plan. Never rejects. */
  async refresh(id: string): Promise<RefreshOutcome> {
    const failure = this.#service.refusal;
    if (failure !== null) {
      this.#state.addCommandTrouble(failure);
      return { kind: 'refused', failure };
    }
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const refreshing = this.#refreshOnce(id).finally(() => {
      this.#running.delete(id);
      this.#stored.setRefreshing(id, false);
    });
    this.#running.set(id, refreshing);
    const tracked = this.#underWay.track(refreshing);
    this.#stored.setRefreshing(id, true);
    return tracked;
  }

  async #refreshOnce(id: string): Promise<RefreshOutcome> {
    const stored = this.#stored.find(id);
    if (stored === null) return { kind: 'refused', failure: { code: 'not-signed-in', id } };
    const history = stored.record?.history ?? [];
    // What only a person can mend is not asked for again: a spent token presented twice can end more than itself.
    if (loginEnd(history) === 'refused') return { kind: 'refused', failure: { code: 'grant-refused' } };
    // Of one whose secret is not at hand only a part has been seen.
    const isSeen = stored.credential !== null && stored.lock === null;
    const seen = isSeen ? credentialDigest(stored.credential) : null;
    // Not needed to show the tray, so not on the start-up path.
    const { refreshAccount } = await import('./refresh-run.ts');
    const refresh = async () => {
      const end = await refreshAccount(id, seen, { ...this.#ports, ...this.#service.present });
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
   * The account's credential with at least `lasting` milliseconds left, refreshed for it where the policy allows.
   *
   * @throws FailureError why there is none
   */
  async freshCredential(id: string, lasting: number): Promise<Credential> {
    const now = this.#ports.clock.now();
    const credential = this.#stored.find(id)?.credential;
    const lock = this.#stored.find(id)?.lock ?? null;
    if (credential == null) {
      throw new FailureError(lock === null ? { code: 'not-signed-in', id } : lockFailure(lock));
    }
    const endsAt = credential.accessExpiresAt;
    if (endsAt === null || endsAt - now >= lasting) return credential;

    const find = () => this.#state.snapshot.accounts.find((each) => each.id === id);
    const account = find();
    const plan = account === undefined ? null : planRefresh(account, account.history, now);
    const refusal = account?.troubles.find((each) => !isOnlyToKnow(each)) ?? { code: 'not-refreshable' };
    // Younger than any sensible lifetime: the service would only give another one like it.
    if (plan?.reason === 'not-too-often' && plan.at > now) return credential;
    const isInTime = plan?.at != null && (plan.reason !== 'after-refusal' || plan.at <= now);
    // What is lost has no plan: it may turn out to live.
    const mayAsk = isInTime || (await this.#owners.learnGuessed(id));
    const outcome: RefreshOutcome = mayAsk ? await this.refresh(id) : { kind: 'refused', failure: refusal };
    const fresh = this.#stored.find(id)?.credential;
    const hasTime = fresh?.accessExpiresAt == null || fresh.accessExpiresAt > this.#ports.clock.now();
    if (fresh != null && hasTime) return fresh;
    const trouble = find()?.troubles.find((each) => !isOnlyToKnow(each));
    throw new FailureError(
      outcome.kind === 'refused' ? outcome.failure : (trouble ?? { code: 'not-signed-in', id }),
    );
  }
}
