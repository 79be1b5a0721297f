import { failureOf, FailureError } from '../domain/failure.ts';
import { withEvent } from '../domain/history.ts';
import { MINUTE, type Instant } from '../domain/instant.ts';
import { credentialDigest } from '../vault/credential-trace.ts';
import type { AccountRecord } from '../vault/vault.ts';
import type { CatchUp } from './accounts/catch-up.ts';
import type { LoginPorts } from './ports.ts';
import { offerOverwritten } from './accounts/displaced.ts';
import { goesOnAs } from './accounts/goes-on-as.ts';
import { reconcile, unnoticedChange } from './accounts/reconcile.ts';
import type { RefreshDesk } from './upkeep/refresh-desk.ts';
import type { State } from './state.ts';
import type { StoredLogins } from './accounts/stored-logins.ts';
import type { UnderWay } from './under-way.ts';

export interface SummaryFacts {
  readonly accessTokenStart: string;
  readonly refreshTokenStart: string | null;
  readonly accessExpiresAt: Instant | null;
}

/** For how long the place of the config file is taken to be as it was found. */
const HEALTH_LASTS = 10 * MINUTE;
/** Another program that writes each time before we have put back what is ours is not to be waited for. */
const MOST_LOOKS = 3;

/** What a person has done with an account that is stored. Its promises are those of `Login`'s methods of the same name. */
export class AccountDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #catchUp: CatchUp;
  readonly #refreshes: RefreshDesk;
  readonly #underWay: UnderWay;
  #lookedAt = 0;

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

  async putBack(id: string): Promise<void> {
    const { clock, vault } = this.#ports;
    const putBack = (record: AccountRecord) => ({
      ...record,
      history: withEvent(record.history, { at: clock.now(), kind: 'put-back' }),
    });
    await this.#inTurn(async () => {
      for (let looks = 1; looks <= MOST_LOOKS; looks++) {
        // A successor may have come since the person looked.
        const change = (await reconcile(this.#ports)).get(id);
        if (change !== 'removed' && change !== 'replaced') return;
        // The keychain may ask a person first: what is written over is what stands there after that.
        const copy = await vault.copyOf(id);
        const { accounts } = await vault.load();
        const account = accounts.find((each) => each.id === id);
        if (account === undefined || copy === null || goesOnAs(account, accounts) !== null) return;
        if (unnoticedChange(account) !== 'same') continue;
        await offerOverwritten(account, { vault, clock, accounts });
        const over = account.entry === null ? null : credentialDigest(account.entry.credential);
        if (await vault.putBack(id, copy, over, putBack)) return;
      }
      const path = this.#state.snapshot.surroundings.configFile;
      throw new FailureError({ code: 'config-locked', path });
    });
    await this.#stored.reload();
  }

  async keepOne(id: string): Promise<void> {
    const { vault } = this.#ports;
    await this.#inTurn(async () => {
      await reconcile(this.#ports);
      const { account } = await vault.find(id);
      if (account !== null) await vault.takeOutTwins(account);
    });
    await this.#stored.reload();
  }

  async writeExpiry(id: string): Promise<void> {
    const isKnown = await this.#inTurn(() => this.#ports.vault.writeExpiry(id));
    if (isKnown) await this.#stored.reload();
    else await this.#refreshes.refresh(id);
  }

  async takeOverOlderBlock(): Promise<void> {
    await this.#inTurn(() => this.#ports.vault.takeOverOlderBlock());
    await this.#catchUp.run();
  }

  async restrictConfigFile(): Promise<void> {
    try {
      await this.#ports.vault.restrictConfigFile();
      await this.#stored.reload();
    } catch (error) {
      this.#state.addCommandTrouble(failureOf(error));
    }
  }

  /** Looks where the config file lies, and who else gets hold of it there. Never rejects. */
  async lookAtHealth(): Promise<void> {
    this.#lookedAt = this.#ports.clock.monotonic();
    this.#stored.setHealth(await this.#ports.vault.health.look());
  }

  /** The same, where the last time was long enough ago that things may be otherwise. */
  lookAgainAtHealth(): void {
    if (this.#ports.clock.monotonic() - this.#lookedAt > HEALTH_LASTS) void this.lookAtHealth();
  }

  async excludeFromGit(): Promise<void> {
    try {
      await this.#ports.vault.health.excludeFromGit();
    } finally {
      await this.lookAtHealth();
    }
  }

  async summaryFacts(id: string): Promise<SummaryFacts | null> {
    const { account } = await this.#ports.vault.find(id);
    if (account?.credential == null) return null;
    const { accessToken, refreshToken, accessExpiresAt } = account.credential;
    return {
      accessTokenStart: accessToken.slice(0, 10),
      refreshTokenStart: refreshToken?.slice(0, 10) ?? null,
      accessExpiresAt,
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#underWay.track(this.#ports.vault.exclusively(work));
  }
}
