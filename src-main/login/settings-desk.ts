import { failureOf } from '../domain/failure.ts';
import type { Settings } from '../domain/settings.ts';
import { reasonOf } from '../vault/files/errno.ts';
import { Turns } from '../vault/files/turns.ts';
import type { StoredSettings } from '../vault/records/settings-file.ts';
import type { LoginPorts } from './ports.ts';
import type { State } from './state.ts';
import type { StoredLogins } from './accounts/stored-logins.ts';

/** What the person decides, and what is remembered of them and of this machine beside the logins: `settings.json`. */
export class SettingsDesk {
  readonly #ports: Pick<
    LoginPorts,
    'settings' | 'vault' | 'clock' | 'autostart' | 'commandOnPath' | 'proxies'
  >;
  readonly #state: State;
  readonly #stored: StoredLogins;
  /** Two quick clicks on a switch end as the last one says. */
  readonly #turns = new Turns();
  #windowPlace: StoredSettings['windowPlace'] = null;
  #answeringTokenHost: string | null = null;
  #isFirstRun = false;
  #isTrayUntold = false;

  constructor(
    ports: Pick<LoginPorts, 'settings' | 'vault' | 'clock' | 'autostart' | 'commandOnPath' | 'proxies'>,
    state: State,
    stored: StoredLogins,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
  }

  /** To be called once, before anything else. Never rejects. */
  async read(): Promise<void> {
    const { settings: file, vault, proxies } = this.#ports;
    try {
      const { settings, windowPlace, welcomedAt, toldOfTrayAt, answeringTokenHost, systemProxies } =
        await file.read();
      this.#isFirstRun = welcomedAt === null;
      this.#isTrayUntold = toldOfTrayAt === null;
      this.#windowPlace = windowPlace;
      this.#answeringTokenHost = answeringTokenHost;
      vault.useKeychain(settings.keychain);
      proxies.setting = settings.proxy;
      proxies.begin(systemProxies, (learnt) => this.#rememberSystemProxies(learnt));
      this.#state.update({ settings, isFirstVisit: this.#isFirstRun });
    } catch (error) {
      this.#state.addCommandTrouble(failureOf(error));
    }
    this.#showStartAtLogin();
  }

  /** See `Login.changeSettings`. */
  async change(settings: Settings): Promise<void> {
    await this.#turns.take(async () => {
      const before = this.#state.snapshot.settings;
      try {
        // Else what is in use would be one that is spent.
        const isKeychainLeft = before.keychain && !settings.keychain;
        if (isKeychainLeft) await this.#ports.vault.bringCopiesHome();
        const isHostChosen = settings.tokenHost !== before.tokenHost;
        await this.#ports.settings.save(isHostChosen ? { settings, answeringTokenHost: null } : { settings });
        if (isHostChosen) this.#answeringTokenHost = null;
        this.#ports.proxies.setting = settings.proxy;
        this.#state.update({ settings });
        if (settings.keychain !== before.keychain) await this.#switchKeychain(settings.keychain);
        else await this.#stored.reload();
      } catch (error) {
        this.#state.addCommandTrouble(failureOf(error));
      }
    });
  }

  /** @throws FailureError `keychain-unavailable` where copies may be left; no more are kept then either */
  async #switchKeychain(isOn: boolean): Promise<void> {
    const { vault } = this.#ports;
    try {
      if (!isOn) await vault.forgetCopies();
    } finally {
      vault.useKeychain(isOn);
      await vault.keepCopies();
      await this.#stored.reload();
    }
  }

  setStartAtLogin(on: boolean): void {
    try {
      this.#ports.autostart?.set(on);
    } catch (error) {
      this.#state.addCommandTrouble({ code: 'autostart-unchanged', reason: reasonOf(error) });
    }
    this.#showStartAtLogin();
  }

  /** See `Login.setCommandOnPath`. */
  async setCommandOnPath(on: boolean): Promise<void> {
    const { commandOnPath } = this.#ports;
    if (commandOnPath === null) return;
    await this.#turns.take(async () => {
      try {
        await commandOnPath.set(on);
      } catch (error) {
        const { path } = this.#state.snapshot.commandOnPath ?? { path: 'latchkey' };
        this.#state.addCommandTrouble({ code: 'command-not-placed', path, reason: reasonOf(error) });
      }
    });
    await this.#showCommandOnPath();
  }

  /** It may have been changed in the system's own settings. */
  look(): void {
    const isOn = this.#ports.autostart?.isOn() ?? null;
    if (isOn !== this.#state.snapshot.startAtLogin) this.#state.update({ startAtLogin: isOn });
    void this.#showCommandOnPath();
  }

  async #showCommandOnPath(): Promise<void> {
    // Where it cannot be told nothing is offered.
    const place = (await this.#ports.commandOnPath?.look().catch(() => null)) ?? null;
    const { commandOnPath: shown } = this.#state.snapshot;
    const isSame = place?.path === shown?.path && place?.isOn === shown?.isOn;
    if (!isSame) this.#state.update({ commandOnPath: place });
  }

  #showStartAtLogin(): void {
    this.#state.update({ startAtLogin: this.#ports.autostart?.isOn() ?? null });
  }

  /** The token host that answered last; `null` before, and since another one was chosen. */
  get answeringTokenHost(): string | null {
    return this.#answeringTokenHost;
  }

  rememberTokenHost(answeringTokenHost: string): void {
    if (answeringTokenHost === this.#answeringTokenHost) return;
    this.#answeringTokenHost = answeringTokenHost;
    const { settings } = this.#ports;
    // Nobody misses it where it cannot be written: the next start asks once more.
    this.#turns.take(() => settings.save({ answeringTokenHost })).catch(() => undefined);
  }

  #rememberSystemProxies(systemProxies: StoredSettings['systemProxies']): void {
    const { settings } = this.#ports;
    // As above; the terminal then goes by the environment.
    this.#turns.take(() => settings.save({ systemProxies })).catch(() => undefined);
  }

  /** See `Login.welcome`. */
  async welcome(): Promise<boolean> {
    if (!this.#isFirstRun) return false;
    this.#isFirstRun = false;
    try {
      await this.#ports.settings.save({ welcomedAt: this.#ports.clock.now() });
    } catch (error) {
      // Welcomed once more next time. No reason not to be now.
      this.#state.addCommandTrouble(failureOf(error));
    }
    return this.#state.snapshot.accounts.length === 0;
  }

  /** See `Login.leaveWindow`. */
  async leaveWindow(): Promise<boolean> {
    this.endFirstVisit();
    if (!this.#isTrayUntold) return false;
    this.#isTrayUntold = false;
    const { settings, clock } = this.#ports;
    // Where it cannot be written they are told once more another time.
    await this.#turns.take(() => settings.save({ toldOfTrayAt: clock.now() })).catch(() => undefined);
    return true;
  }

  /** The person has begun, or left: from now on they know what this is. */
  endFirstVisit(): void {
    if (this.#state.snapshot.isFirstVisit) this.#state.update({ isFirstVisit: false });
  }

  get windowPlace(): StoredSettings['windowPlace'] {
    return this.#windowPlace;
  }

  /** @throws FailureError `data-not-writable` */
  async rememberWindowPlace(windowPlace: StoredSettings['windowPlace']): Promise<void> {
    this.#windowPlace = windowPlace;
    await this.#ports.settings.save({ windowPlace });
  }

  /** Resolves when nothing is being written any more. */
  async ended(): Promise<void> {
    await this.#turns.take(() => Promise.resolve());
  }
}
