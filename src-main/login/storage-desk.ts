import { waitsForKeychain } from '../domain/history.ts';
import type { Storage } from '../domain/storage.ts';
import type { CatchUp } from './accounts/catch-up.ts';
import { reconcile } from './accounts/reconcile.ts';
import type { StoredLogins } from './accounts/stored-logins.ts';
import type { LoginPorts } from './ports.ts';
import type { State } from './state.ts';
import type { RefreshDesk } from './upkeep/refresh-desk.ts';
import type { UnderWay } from './under-way.ts';

/** Where accounts' secrets lie, as a person wants it (`docs/storage.md`). */
export class StorageDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #catchUp: CatchUp;
  readonly #refreshes: RefreshDesk;
  readonly #underWay: UnderWay;

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock'>,
    state: State,
    stored: StoredLogins,
    catchUp: CatchUp,
    refreshes: RefreshDesk,
    underWay: UnderWay,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#catchUp = catchUp;
    this.#refreshes = refreshes;
    this.#underWay = underWay;
  }

  /** Moves what renews an account. @throws FailureError as `Vault.moveStorage` */
  async move(id: string, storage: Storage): Promise<void> {
    this.#state.beginCommand();
    const { vault } = this.#ports;
    vault.askForSecretsAgain();
    try {
      await this.#underWay.track(
        vault.exclusively(async () => {
          await reconcile(this.#ports);
          await vault.moveStorage(id, storage);
        }),
      );
    } finally {
      await this.#stored.reload();
    }
  }

  /**
   * Asks the keychain once more for what it alone has; the system may show its dialogue. What could not be renewed for
   * want of it is renewed then. Never rejects.
   */
  async askKeychain(): Promise<void> {
    this.#state.beginCommand();
    this.#ports.vault.askForSecretsAgain();
    this.#catchUp.seekAgain();
    await this.#underWay.track(this.#catchUp.run());
    if (this.#ports.vault.secretsObstacle !== null) return;
    const waiting = this.#stored.content.accounts.filter(
      ({ lock, record }) => lock === null && waitsForKeychain(record?.history ?? []),
    );
    for (const { id } of waiting) await this.#refreshes.refresh(id);
  }
}
