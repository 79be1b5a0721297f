import { FailureError, failureOf, type Failure } from '../domain/failure.ts';
import { isOnlyToKnow } from '../domain/gravity.ts';
import { entryLoss, loginEnd, withEvent, type HistoryEvent } from '../domain/history.ts';
import type { NoticeTopic, WakeCause } from '../domain/history.ts';
import { planRefresh } from '../domain/refresh-policy.ts';
import { isRescued } from '../domain/whereabouts.ts';
import type { Account } from '../domain/snapshot.ts';
import { credentialDigest } from '../vault/credential-trace.ts';
import type { Network } from '../network/network.ts';
import type { Endpoints } from '../oauth/endpoints.ts';
import type { AccountRecord, StoredAccount, VaultContent } from '../vault/vault.ts';
import { accountOf } from './account.ts';
import { Keeper } from './keeper.ts';
import { reconcile, unnoticedChange } from './reconcile.ts';
import type { RefreshOutcome, RefreshPorts } from './refresh-run.ts';
import type { State } from './state.ts';

export interface UpkeepPorts extends Omit<RefreshPorts, 'endpoints'> {
  /** As the settings have them now. */
  readonly endpoints: () => Endpoints;
  readonly configFile: string;
  /** Calls back soon after the file may have changed. */
  readonly watchFile: (path: string, onChange: () => void) => { close(): void };
  readonly network: Network;
  readonly random: () => number;
}

/** A person has to know something that cannot wait until they look. */
export interface Notice {
  readonly accountId: string;
  readonly topic: NoticeTopic;
}

/** What stands in the files and what keeps it alive: reads, compares, refreshes, and tells the state. */
export class Upkeep {
  readonly #ports: UpkeepPorts;
  readonly #state: State;
  readonly #onNotice: (notice: Notice) => void;
  #content: VaultContent = { accounts: [], isFileReadable: true, troubles: [] };
  readonly #refreshing = new Map<string, Promise<RefreshOutcome>>();
  readonly #clockOff = new Map<string, number>();
  /** Accounts that lost their entry and whose copy was looked for in the keychain. */
  readonly #copySought = new Set<string>();
  #keeper: Keeper | null = null;
  #watches: readonly { close(): void }[] = [];
  #reloading: Promise<void> | null = null;
  #isStale = false;
  readonly #underWay = new Set<Promise<unknown>>();
  /** Why what nobody commanded could not be done the last time. */
  #turnFailure: Failure | null = null;
  /** The credentials whose owner is being asked for. */
  readonly #asking = new Set<string>();
  readonly #stopped = new AbortController();

  constructor(ports: UpkeepPorts, state: State, onNotice: (notice: Notice) => void) {
    this.#ports = ports;
    this.#state = state;
    this.#onNotice = onNotice;
  }

  /** Reads what is stored and tells it. What changed while it reads is read once more. Never rejects. */
  async reload(): Promise<void> {
    this.#isStale = true;
    this.#reloading ??= this.#readUntilFresh();
    await this.#reloading;
  }

  async #readUntilFresh(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#content = await this.#ports.vault.load();
        this.#tell();
      }
    } finally {
      // At once: whoever asks from now on is not served by this reading.
      this.#reloading = null;
    }
    this.#keeper?.look();
  }

  #tell(): void {
    const { accounts, isFileReadable, troubles } = this.#content;
    this.#state.update({
      isFileReadable,
      accounts: accounts.map((stored) =>
        accountOf(stored, this.#ports.configFile, {
          refreshing: this.#refreshing.has(stored.id),
          clockOffSeconds: this.#clockOff.get(stored.id) ?? 0,
        }),
      ),
      keychainTrouble: this.#ports.vault.keychainFailure,
    });
    this.#state.find(this.#turnFailure === null ? troubles : [this.#turnFailure, ...troubles]);
  }

  /** From now on what other programs write is noticed, until `stop`. */
  watch(): void {
    const { vault, watchFile } = this.#ports;
    this.#watches = vault.watchedFiles.map((path) => watchFile(path, () => void this.#track(this.catchUp())));
    void this.#track(this.catchUp());
  }

  /** From now on the logins are kept alive, until `stop`. */
  keep(): void {
    const { clock, endpoints, network, random } = this.#ports;
    this.#keeper = new Keeper({
      clock,
      random,
      accounts: () => this.#accountsToKeep(),
      refresh: async (id) => {
        await this.refresh(id);
      },
      notify: (id, topic) => this.#track(this.#notify(id, topic)),
      woke: (by) => this.#track(this.wake(by)),
      saveAgain: () => this.#track(this.saveAgain()),
      isReachable: async () => {
        const [tokenUrl] = endpoints().tokenUrls;
        return tokenUrl !== undefined && (await network.isReachable(tokenUrl));
      },
    });
    this.#keeper.look();
  }

  /** While the file cannot be read nothing can be said of a login that we hold no copy of. */
  #accountsToKeep(): readonly Account[] {
    const { isFileReadable, accounts } = this.#content;
    const isUnknown = (id: string) =>
      !isFileReadable && accounts.find((stored) => stored.id === id)?.credential === null;
    return this.#state.snapshot.accounts.filter(({ id }) => !isUnknown(id));
  }

  /** Looks whether anything is due: worth calling whenever time may have passed unnoticed. */
  look(): void {
    this.#keeper?.look();
  }

  /** Something is under way that must not be cut off. */
  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Nothing new begins, and what is under way has ended when this resolves: a refresh cut off could end the login. */
  async stop(): Promise<void> {
    this.#keeper?.stop();
    this.#stopped.abort();
    for (const watch of this.#watches) watch.close();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Something may have happened while nobody looked. */
  async wake(by: WakeCause): Promise<void> {
    const at = this.#ports.clock.now();
    for (const { id, record } of this.#content.accounts) {
      if (record !== null) await this.#note(id, { at, kind: 'woke', by });
    }
    await this.catchUp();
  }

  /**
   * Another program, or another Latchkey, may have written: takes over what is newer, tells what is lost, and writes what
   * the file waits for. Never rejects.
   */
  async catchUp(): Promise<void> {
    await this.reload();
    await this.#takeOver(this.#content);
    for (const account of this.#content.accounts) {
      const isMissing = isLost(account) || account.credential === null;
      if (!isMissing || account.hasCopy || this.#copySought.has(account.id)) continue;
      this.#copySought.add(account.id);
      if ((await this.#ports.vault.copyOf(account.id)) !== null) await this.reload();
    }
    for (const account of this.#content.accounts) void this.#track(this.#learnOwner(account));
  }

  /** Whoever writes holds the lock until the record fits the file again: only then is it another program's doing. */
  async #takeOver({ isFileReadable, accounts }: VaultContent): Promise<void> {
    const { vault, clock } = this.#ports;
    const isAwaited = isFileReadable && accounts.some(isRescued);
    if (!isAwaited && accounts.every((each) => unnoticedChange(each) === 'same')) return;
    await this.#inTurn(async () => {
      if (isAwaited) await vault.saveAgain(clock.now());
      await reconcile(this.#ports);
    });
  }

  /** Work that nobody commanded: what kept it from its turn is told until the next time it gets it. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    try {
      await this.#ports.vault.exclusively(work);
      this.#turnFailure = null;
    } catch (error) {
      this.#turnFailure = failureOf(error);
    }
    await this.reload();
  }

  /**
   * Another program may have signed in as somebody else: asks the service who it is now, which costs nothing. A command
   * of the terminal does not wait for that.
   */
  async #learnOwner({ id, credential, record }: StoredAccount): Promise<void> {
    const { endpoints, http, vault } = this.#ports;
    if (this.#keeper === null || credential === null || record?.isOwnerSure !== false) return;
    const digest = credentialDigest(credential);
    if (this.#asking.has(digest)) return;
    this.#asking.add(digest);
    try {
      const { testToken } = await import('../oauth/token-test.ts');
      const { owner } = await testToken(
        endpoints().apiUrl,
        credential.accessToken,
        http,
        this.#stopped.signal,
      );
      if (owner === null) return;
      let isAnother = false as boolean;
      await vault.saveRecord(id, (now) => {
        // Another credential, or none, has come while we asked.
        if (now.known?.digest !== digest) return now;
        const { accountUuid, organizationUuid } = now.owner ?? owner;
        const isSame = accountUuid === owner.accountUuid && organizationUuid === owner.organizationUuid;
        isAnother = !isSame;
        const known = { ...now, owner, isOwnerSure: true };
        // The end of somebody else's login says nothing.
        return isSame ? known : { ...known, loginIssuedAt: null, loginExpiresAt: null };
      });
      if (isAnother) await vault.unspend(credential);
      await this.reload();
    } catch {
      // Stopped.
    } finally {
      this.#asking.delete(digest);
    }
  }

  /** Refreshes now, whatever the plan; one at a time for each account. Never rejects. */
  refresh(id: string): Promise<RefreshOutcome> {
    const running = this.#refreshing.get(id);
    if (running !== undefined) return running;
    const refreshing = this.#refreshOnce(id).finally(() => this.#refreshing.delete(id));
    this.#refreshing.set(id, refreshing);
    void this.#track(refreshing);
    this.#tell();
    return refreshing.finally(() => this.#tell());
  }

  async #refreshOnce(id: string): Promise<RefreshOutcome> {
    const stored = this.#content.accounts.find((account) => account.id === id);
    if (stored === undefined) return { kind: 'refused', failure: { code: 'not-signed-in', id } };
    const history = stored.record?.history ?? [];
    // What only a person can mend is not asked for again: a spent token presented twice can end more than itself.
    if (loginEnd(history) === 'refused') return { kind: 'refused', failure: { code: 'grant-refused' } };
    const seen = stored.credential === null ? null : credentialDigest(stored.credential);
    // Not needed to show the tray, so not on the start-up path.
    const { refreshAccount } = await import('./refresh-run.ts');
    const { endpoints } = this.#ports;
    const outcome = await refreshAccount(id, seen, { ...this.#ports, endpoints: endpoints() });
    if (outcome.kind === 'refreshed') this.#clockOff.set(id, outcome.clockOffSeconds);
    await this.reload();
    return outcome;
  }

  /**
   * The account's credential with at least `lasting` milliseconds left, refreshed for it where the policy allows.
   *
   * @throws FailureError why there is none
   */
  async freshCredential(id: string, lasting: number, refresh: (id: string) => Promise<RefreshOutcome>) {
    const now = this.#ports.clock.now();
    const find = () => this.#content.accounts.find((account) => account.id === id);
    const stored = find();
    if (stored?.credential == null) throw new FailureError({ code: 'not-signed-in', id });
    const endsAt = stored.credential.accessExpiresAt;
    if (endsAt === null || endsAt - now >= lasting) return stored.credential;

    const account = this.#state.snapshot.accounts.find((each) => each.id === id);
    const plan = account === undefined ? null : planRefresh(account, account.history, now);
    const refusal = account?.troubles.find((each) => !isOnlyToKnow(each)) ?? { code: 'not-refreshable' };
    // Younger than any sensible lifetime: the service would only give another one like it.
    if (plan?.reason === 'not-too-often' && plan.at > now) return stored.credential;
    const mayAsk = plan?.at != null && (plan.reason !== 'after-refusal' || plan.at <= now);
    const outcome: RefreshOutcome = mayAsk ? await refresh(id) : { kind: 'refused', failure: refusal };
    const fresh = find()?.credential;
    const hasTime = fresh?.accessExpiresAt == null || fresh.accessExpiresAt > this.#ports.clock.now();
    if (fresh != null && hasTime) return fresh;
    const then = this.#state.snapshot.accounts.find((each) => each.id === id);
    const trouble = then?.troubles.find((each) => !isOnlyToKnow(each));
    throw new FailureError(
      outcome.kind === 'refused' ? outcome.failure : (trouble ?? { code: 'not-signed-in', id }),
    );
  }

  /** Writes rescued credentials to the config file; what still stands in the way shows in the next snapshot. */
  async saveAgain(): Promise<void> {
    // A refresh meanwhile would be undone by the older credential that this holds.
    await this.#inTurn(() => this.#ports.vault.saveAgain(this.#ports.clock.now()));
  }

  /** Puts our copy of a removed or replaced entry back. @throws FailureError what stands in the way of writing */
  async putBack(id: string): Promise<void> {
    const { clock, vault } = this.#ports;
    const putBack = (record: AccountRecord) => ({
      ...record,
      history: withEvent(record.history, { at: clock.now(), kind: 'put-back' }),
    });
    await this.#track(
      vault.exclusively(async () => {
        // A successor may have come since the person looked.
        const change = (await reconcile(this.#ports)).get(id);
        if (change === 'removed' || change === 'replaced') await vault.putBack(id, putBack);
      }),
    );
    await this.reload();
  }

  /**
   * Writes the end of an account's token as other programs understand it; where nobody knows that end, renews the token
   * for one.
   *
   * @throws FailureError what stands in the way of writing
   */
  async writeExpiry(id: string): Promise<void> {
    const { vault } = this.#ports;
    const isKnown = await this.#track(vault.exclusively(() => vault.writeExpiry(id)));
    if (isKnown) await this.reload();
    else await this.refresh(id);
  }

  /** Moves the login of an older program's block to where today's programs look. @throws FailureError */
  async takeOverOlderBlock(): Promise<void> {
    const { vault } = this.#ports;
    await this.#track(vault.exclusively(() => vault.takeOverOlderBlock()));
    await this.catchUp();
  }

  /** Forgets the account on this machine. @throws FailureError as `Vault.forget` does */
  async signOut(id: string): Promise<void> {
    const { vault } = this.#ports;
    this.#clockOff.delete(id);
    try {
      await this.#track(vault.exclusively(() => vault.forget(id)));
    } finally {
      await this.reload();
    }
  }

  async #notify(accountId: string, topic: NoticeTopic): Promise<void> {
    await this.#note(accountId, { at: this.#ports.clock.now(), kind: 'notified', about: topic });
    await this.reload();
    this.#onNotice({ accountId, topic });
  }

  async #note(id: string, event: HistoryEvent): Promise<void> {
    await this.#ports.vault.saveRecord(id, (record) => ({
      ...record,
      history: withEvent(record.history, event),
    }));
  }

  /** The same work, which `stop` then waits for. */
  #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }
}

function isLost({ record }: StoredAccount): boolean {
  return entryLoss(record?.history ?? []) !== null;
}
