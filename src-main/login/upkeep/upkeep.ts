import {
  withEvent,
  type HistoryEvent,
  type NotificationTopic,
  type WakeCause,
} from '../../domain/history.ts';
import type { Account } from '../../domain/snapshot.ts';
import type { CatchUp } from '../accounts/catch-up.ts';
import { Keeper } from './keeper.ts';
import type { OwnerLookup } from '../accounts/owner-lookup.ts';
import type { LoginPorts } from '../ports.ts';
import type { RefreshDesk } from './refresh-desk.ts';
import type { Service } from '../service.ts';
import type { State } from '../state.ts';
import type { StoredLogins } from '../accounts/stored-logins.ts';
import type { UnderWay } from '../under-way.ts';

type UpkeepPorts = Pick<LoginPorts, 'vault' | 'clock' | 'network' | 'random' | 'watchFile'>;

/** What the upkeep sets to work. */
export interface UpkeepHands {
  readonly stored: StoredLogins;
  readonly catchUp: CatchUp;
  readonly refreshes: RefreshDesk;
  readonly owners: OwnerLookup;
  readonly service: Service;
  readonly underWay: UnderWay;
}

/** A person has to know something that cannot wait until they look. */
export interface AccountNotification {
  readonly accountId: string;
  readonly topic: NotificationTopic;
}

/** What goes on while nobody commands: the files are watched, and the keeper looks after the logins. */
export class Upkeep {
  readonly #ports: UpkeepPorts;
  readonly #state: State;
  readonly #hands: UpkeepHands;
  readonly #listeners = new Set<(notification: AccountNotification) => void>();
  #keeper: Keeper | null = null;
  #watches: readonly { close(): void }[] = [];

  constructor(ports: UpkeepPorts, state: State, hands: UpkeepHands) {
    this.#ports = ports;
    this.#state = state;
    this.#hands = hands;
    hands.stored.onRead(() => this.#keeper?.look());
  }

  onNotification(listener: (notification: AccountNotification) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From now on what other programs write is noticed, until `stop`. */
  watch(): void {
    const { vault, watchFile } = this.#ports;
    const { catchUp, underWay } = this.#hands;
    const onChange = () => void underWay.track(catchUp.run());
    this.#watches = vault.watchedFiles.map((path) => watchFile(path, onChange));
    onChange();
  }

  /** From now on the logins are kept alive, until `stop`. Whoever wants notifications listens already. */
  keep(): void {
    const { clock, network, random } = this.#ports;
    const { catchUp, refreshes, owners, service, underWay } = this.#hands;
    owners.begin();
    this.#keeper = new Keeper({
      clock,
      random,
      accounts: () => this.#accountsToKeep(),
      refresh: async (id) => {
        await refreshes.refresh(id);
      },
      prepare: () => refreshes.prepare(),
      // Another process over the same files may have somebody to tell: what is noted it keeps quiet about.
      notify: this.#listeners.size === 0 ? null : (id, topic) => underWay.track(this.#notify(id, topic)),
      woke: (by) => underWay.track(this.wake(by)),
      saveAgain: () => underWay.track(catchUp.saveAgain()),
      isReachable: async () => {
        const [tokenUrl] = service.present.endpoints.tokenUrls;
        return tokenUrl !== undefined && (await network.isReachable(tokenUrl));
      },
      watchInterfaces: (onChange) => network.watchInterfaces(onChange),
    });
    this.#keeper.look();
  }

  /** While the file cannot be read nothing can be said of a login that we hold no copy of. */
  #accountsToKeep(): readonly Account[] {
    const { stored } = this.#hands;
    const isUnknown = (id: string) => !stored.content.isFileReadable && stored.find(id)?.credential === null;
    return this.#state.snapshot.accounts.filter(({ id }) => !isUnknown(id));
  }

  /** Looks whether anything is due: worth calling whenever time may have passed unnoticed. */
  look(): void {
    this.#keeper?.look();
  }

  /** Nothing new begins. What is under way goes on. */
  stop(): void {
    this.#keeper?.stop();
    this.#hands.owners.stop();
    for (const watch of this.#watches) watch.close();
  }

  /** The way to the service is another one now: where a refresh failed for want of one it is tried again. */
  async retry(): Promise<void> {
    if (this.#keeper !== null) await this.#hands.underWay.track(this.wake('network'));
  }

  /** The machine is about to sleep, until `wake` by `resume`. */
  sleep(): void {
    this.#keeper?.sleep();
  }

  /** Something may have happened while nobody looked. */
  async wake(by: WakeCause): Promise<void> {
    if (by === 'resume') this.#keeper?.wake();
    const at = this.#ports.clock.now();
    for (const { id, record } of this.#hands.stored.content.accounts) {
      if (record?.known != null) await this.#note(id, { at, kind: 'woke', by });
    }
    await this.#hands.catchUp.run();
  }

  async #notify(accountId: string, topic: NotificationTopic): Promise<void> {
    await this.#note(accountId, { at: this.#ports.clock.now(), kind: 'notified', about: topic });
    await this.#hands.stored.reload();
    for (const listener of this.#listeners) listener({ accountId, topic });
  }

  async #note(id: string, event: HistoryEvent): Promise<void> {
    await this.#ports.vault.saveRecord(id, (record) => ({
      ...record,
      history: withEvent(record.history, event),
    }));
  }
}
