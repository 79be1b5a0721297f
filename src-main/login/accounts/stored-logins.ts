import { NO_API_KEY } from '../../domain/api-key.ts';
import type { Failure } from '../../domain/failure.ts';
import type { StoredAccount, VaultContent } from '../../vault/vault.ts';
import { accountOf } from './account.ts';
import { goesOnAs } from './goes-on-as.ts';
import type { LoginPorts } from '../ports.ts';
import type { State } from '../state.ts';

/** What stands in the files, as the last reading found it. Every reading goes into the state. */
export class StoredLogins {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'settings' | 'surroundings'>;
  readonly #state: State;
  #content: VaultContent = {
    accounts: [],
    signedOut: [],
    isFileReadable: true,
    ids: [],
    apiKey: NO_API_KEY,
    troubles: [],
    isUntidy: false,
    folder: null,
  };
  readonly #refreshing = new Set<string>();
  readonly #clockOff = new Map<string, number>();
  #turnFailure: Failure | null = null;
  #health: readonly Failure[] = [];
  #reloading: Promise<void> | null = null;
  #isStale = false;
  #onRead: () => void = () => undefined;

  constructor(ports: Pick<LoginPorts, 'vault' | 'clock' | 'settings' | 'surroundings'>, state: State) {
    this.#ports = ports;
    this.#state = state;
  }

  get content(): VaultContent {
    return this.#content;
  }

  find(id: string): StoredAccount | null {
    return this.#content.accounts.find((account) => account.id === id) ?? null;
  }

  /** Reads what is stored and shows it. What changed while it reads is read once more. Never rejects. */
  async reload(): Promise<void> {
    this.#isStale = true;
    this.#reloading ??= this.#readUntilFresh();
    await this.#reloading;
  }

  /** Calls back whenever all has been read. There is one who asks. */
  onRead(listener: () => void): void {
    this.#onRead = listener;
  }

  /** From the next showing on: whether an account is being refreshed. */
  setRefreshing(id: string, isOn: boolean): void {
    if (isOn) this.#refreshing.add(id);
    else this.#refreshing.delete(id);
    this.#show();
  }

  /** How far this machine's clock is off, as the account's last refresh found; shown by the next reading. */
  setClockOff(id: string, seconds: number): void {
    this.#clockOff.set(id, seconds);
  }

  /** Why what nobody commanded could not be done the last time; shown by the next reading. */
  setTurnFailure(failure: Failure | null): void {
    this.#turnFailure = failure;
  }

  /** What the place of the config file is to be told of; shown at once. */
  setHealth(failures: readonly Failure[]): void {
    this.#health = failures;
    this.#state.setFileTroubles(this.#troubles());
  }

  async #readUntilFresh(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#content = await this.#ports.vault.load();
        this.#show();
      }
    } finally {
      // At once: whoever asks from now on is not served by this reading.
      this.#reloading = null;
    }
    this.#onRead();
  }

  #show(): void {
    const { vault, clock, surroundings } = this.#ports;
    const { accounts, signedOut, isFileReadable, apiKey, folder } = this.#content;
    this.#state.update({
      isFileReadable,
      formerAccounts: signedOut,
      apiKey: { ...this.#state.snapshot.apiKey, ...apiKey },
      accounts: accounts.map((stored) =>
        accountOf(stored, surroundings.configFile, {
          at: clock.now(),
          secretsObstacle: vault.secretsObstacle,
          folder,
          refreshing: this.#refreshing.has(stored.id),
          goesOnAs: goesOnAs(stored, accounts),
          clockOffSeconds: this.#clockOff.get(stored.id) ?? 0,
        }),
      ),
      keychainTrouble: vault.keychainFailure,
    });
    this.#state.setFileTroubles(this.#troubles());
  }

  #troubles(): readonly Failure[] {
    const { setAside } = this.#ports.settings;
    const { troubles } = this.#content;
    return [
      ...(this.#turnFailure === null ? [] : [this.#turnFailure]),
      ...troubles.filter(({ code }) => code !== setAside?.code),
      ...(setAside === null ? [] : [setAside]),
      ...this.#health,
    ];
  }
}
