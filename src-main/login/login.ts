import type { Check } from '../domain/check.ts';
import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay, newSignIn, withEnd, type SignIn } from '../domain/sign-in.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { Snapshot, Surroundings } from '../domain/snapshot.ts';
import { areAllLoopback, preferTokenHost, reachesAnthropic, type Endpoints } from '../oauth/endpoints.ts';
import type { Http } from '../oauth/http.ts';
import { reasonOf } from '../vault/files/errno.ts';
import { Turns } from '../vault/files/turns.ts';
import type { StoredSettings, Vault } from '../vault/vault.ts';
import { wordsOf } from '../words/words.ts';
import type { RefreshOutcome } from './refresh-run.ts';
import type { Asked, SignInPorts } from './sign-in-run.ts';
import { State } from './state.ts';
import { Upkeep, type Notice, type UpkeepPorts } from './upkeep.ts';

/** Starting at login, shown as it really is: asked of the system each time, never remembered by us. */
export interface Autostart {
  isOn(): boolean;
  /** @throws what the system says */
  set(on: boolean): void;
}

export interface LoginPorts
  extends
    Omit<SignInPorts, 'callbackPort' | 'callbackTexts' | 'http' | 'onTokenHost'>,
    Omit<UpkeepPorts, 'configFile' | 'endpoints' | 'http' | 'onTokenHost'> {
  /** An honest one of our own, never that of another program. */
  readonly userAgent: string;
  readonly vault: Vault;
  /** `null` where starting at login makes no sense. */
  readonly autostart: Autostart | null;
  readonly surroundings: Surroundings;
}

export interface SummaryFacts {
  readonly accessTokenStart: string;
  readonly refreshTokenStart: string | null;
  readonly accessExpiresAt: Instant | null;
}

/** The commands, each implemented here once for every face, and the state they lead to. */
export class Login {
  readonly #ports: LoginPorts;
  readonly #state: State;
  readonly #upkeep: Upkeep;
  readonly #noticeListeners = new Set<(notice: Notice) => void>();
  /** Two quick clicks on a switch end as the last one says. */
  readonly #settingsTurns = new Turns();
  #attempts = 0;
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null;
  #asked: Asked | null = null;
  #windowPlace: StoredSettings['windowPlace'] = null;
  #isFirstRun = false;
  #answeringTokenHost: string | null = null;

  constructor(ports: LoginPorts) {
    this.#ports = ports;
    const { surroundings } = ports;
    this.#state = new State({
      accounts: [],
      isFileReadable: true,
      signIn: null,
      troubles: [],
      keychainTrouble: null,
      settings: DEFAULT_SETTINGS,
      startAtLogin: null,
      surroundings,
    });
    const upkeepPorts = {
      ...ports,
      configFile: surroundings.configFile,
      endpoints: () => this.#endpoints,
      http: this.#http,
      onTokenHost: this.#onTokenHost,
    };
    this.#upkeep = new Upkeep(upkeepPorts, this.#state, (notice) => {
      for (const listener of this.#noticeListeners) listener(notice);
    });
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Calls back when a person has to know something that cannot wait until they look; the answer ends it. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  /** Reads what is stored. To be called once, before anything else. */
  async start(): Promise<void> {
    await Promise.all([this.#readSettings(), this.#upkeep.reload()]);
  }

  async #readSettings(): Promise<void> {
    const { autostart, vault } = this.#ports;
    try {
      const { settings, windowPlace, welcomedAt, answeringTokenHost } = await vault.readSettings();
      this.#isFirstRun = welcomedAt === null;
      this.#windowPlace = windowPlace;
      this.#answeringTokenHost = answeringTokenHost;
      vault.useKeychain(settings.keychain);
      this.#state.update({ settings });
    } catch (error) {
      this.report(error);
    }
    this.#state.update({ startAtLogin: autostart?.isOn() ?? null });
  }

  get #http(): Http {
    const { network, userAgent, clock } = this.#ports;
    return { network, userAgent, now: () => clock.now() };
  }

  /** What answered comes before what was chosen: the choice may be older than the death of that host. */
  get #endpoints(): Endpoints {
    const host = this.#answeringTokenHost ?? this.snapshot.settings.tokenHost;
    return preferTokenHost(this.#ports.endpoints, host);
  }

  /** A token host has answered: from now on it is asked first. Where there is but one there is nothing to remember. */
  readonly #onTokenHost = (answeringTokenHost: string): void => {
    const { endpoints, vault } = this.#ports;
    if (endpoints.tokenUrls.length === 1 || answeringTokenHost === this.#answeringTokenHost) return;
    this.#answeringTokenHost = answeringTokenHost;
    // Nobody misses it where it cannot be written: the next start asks once more.
    this.#settingsTurns.take(() => vault.saveSettings({ answeringTokenHost })).catch(() => undefined);
  };

  /** As `start`, for one command of a process that does not stay: with what other programs wrote taken over first. */
  async catchUp(): Promise<void> {
    await this.#readSettings();
    await this.#upkeep.catchUp();
  }

  /** From now on the logins are kept alive and other programs' changes noticed, until `stop`. */
  keep(): void {
    this.#upkeep.watch();
    if (this.#isVouched) this.#upkeep.keep();
  }

  /** A stand-in runtime may talk to this machine only. */
  get #isVouched(): boolean {
    const { endpoints, surroundings } = this.#ports;
    return surroundings.standInRuntime === null || areAllLoopback(endpoints);
  }

  /** Looks whether anything is due: worth calling whenever time may have passed unnoticed. */
  look(): void {
    const startAtLogin = this.#ports.autostart?.isOn() ?? null;
    if (startAtLogin !== this.snapshot.startAtLogin) this.#state.update({ startAtLogin });
    this.#upkeep.look();
  }

  /** Changes the settings; on disk when this resolves. What cannot be done is among the troubles. */
  async changeSettings(settings: Settings): Promise<void> {
    this.#state.forgetTold();
    await this.#settingsTurns.take(async () => {
      const before = this.snapshot.settings;
      try {
        const isHostChosen = settings.tokenHost !== before.tokenHost;
        await this.#ports.vault.saveSettings(
          isHostChosen ? { settings, answeringTokenHost: null } : { settings },
        );
        if (isHostChosen) this.#answeringTokenHost = null;
        this.#state.update({ settings });
        if (settings.keychain !== before.keychain) await this.#switchKeychain(settings.keychain);
        else await this.#upkeep.reload();
      } catch (error) {
        this.report(error);
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
      if (isOn) await vault.keepCopies();
      await this.#upkeep.reload();
    }
  }

  /** Whether nobody has been welcomed here before. They count as welcomed from now on. */
  async welcome(): Promise<boolean> {
    if (!this.#isFirstRun) return false;
    this.#isFirstRun = false;
    try {
      await this.#ports.vault.saveSettings({ welcomedAt: this.#ports.clock.now() });
    } catch (error) {
      // Welcomed once more next time. No reason not to be now.
      this.report(error);
    }
    return this.snapshot.accounts.length === 0;
  }

  /** Where the window was when it was closed last; `null` before. */
  get windowPlace(): StoredSettings['windowPlace'] {
    return this.#windowPlace;
  }

  async rememberWindowPlace(windowPlace: StoredSettings['windowPlace']): Promise<void> {
    this.#windowPlace = windowPlace;
    await this.#ports.vault.saveSettings({ windowPlace });
  }

  /** Has the system start the app at login, or not. */
  setStartAtLogin(on: boolean): void {
    this.#state.forgetTold();
    const { autostart } = this.#ports;
    try {
      autostart?.set(on);
    } catch (error) {
      this.addTrouble({ code: 'autostart-unchanged', reason: reasonOf(error) });
    }
    this.#state.update({ startAtLogin: autostart?.isOn() ?? null });
  }

  /** The machine has slept. */
  async resume(): Promise<void> {
    await this.#upkeep.wake('resume');
  }

  /**
   * Starts a sign-in; does nothing while one is under way. Where Anthropic's terms are not acknowledged yet, the
   * attempt waits in phase `terms` for `acknowledgeTerms`. Resolves when the attempt has ended or waits so.
   *
   * @param accountId `null`: for one account more, whoever approves
   */
  async signIn(accountId: string | null = DEFAULT_CREDENTIAL_ID): Promise<void> {
    if (isUnderWay(this.snapshot.signIn)) return;
    this.#state.forgetTold();
    this.#attempts += 1;
    const attempt = newSignIn(this.#attempts, accountId);
    const { endpoints, vault } = this.#ports;
    if (!this.#isVouched) {
      this.#publish(withEnd(attempt, this.#notVouched()));
      return;
    }
    this.#publish(attempt);
    try {
      const isDue = reachesAnthropic(endpoints) && (await vault.readSettings()).termsAcknowledgedAt === null;
      // Cancelled meanwhile, perhaps.
      if (this.snapshot.signIn !== attempt) return;
      if (isDue) this.#publish({ ...attempt, phase: 'terms' });
      else await this.#run(attempt);
    } catch (error) {
      this.#publish(withEnd(attempt, failureOf(error)));
    }
  }

  /** The person has read the terms: records it and goes on with the attempt that waits for it. */
  async acknowledgeTerms(): Promise<void> {
    const { signIn } = this.snapshot;
    if (signIn?.phase !== 'terms') return;
    const going: SignIn = { ...signIn, phase: 'running' };
    // At once, so that a second click finds nothing that waits.
    this.#publish(going);
    try {
      await this.#ports.vault.saveSettings({ termsAcknowledgedAt: this.#ports.clock.now() });
    } catch (error) {
      // Not remembered: the person will be asked once more. No reason to refuse what they asked for.
      this.report(error);
    }
    if (this.snapshot.signIn === going) await this.#run(going);
  }

  /** Ends the attempt under way, at whatever step it is. */
  cancelSignIn(): void {
    const { signIn } = this.snapshot;
    if (this.#running !== null) this.#running.cancel.abort();
    else if (signIn !== null && isUnderWay(signIn)) {
      this.#publish(withEnd(signIn, { code: 'sign-in-cancelled' }));
    }
  }

  /** Puts an ended attempt away. */
  dismissSignIn(): void {
    if (!isUnderWay(this.snapshot.signIn)) this.#publish(null);
  }

  /** The URL of the attempt under way, to hand to a browser, a clipboard or a terminal. It holds `state`: a secret. */
  get authorizationUrl(): string | null {
    return this.#asked?.url() ?? null;
  }

  /** Opens the page that shows a code to copy, for when the browser cannot come back to this machine. */
  async pasteCodeInstead(): Promise<void> {
    try {
      await this.#asked?.pasteInstead();
    } catch {
      this.addTrouble({ code: 'browser-not-opened' });
    }
  }

  /** The answer that a person copied: a whole address, `code#state`, or a query string. A problem shows in the attempt. */
  submitCode(text: string): void {
    this.#asked?.submit(text);
  }

  /** Opens the authorization URL once more; does nothing while no attempt waits for the browser. */
  async openBrowserAgain(): Promise<void> {
    const url = this.authorizationUrl;
    if (url === null) return;
    try {
      await this.#ports.openBrowser(url);
    } catch {
      this.addTrouble({ code: 'browser-not-opened' });
    }
  }

  /** Looks at everything that a login depends on, and stores nothing. Never rejects. */
  async checkUp(): Promise<readonly Check[]> {
    const { checkUp } = await import('./check-up.ts');
    return checkUp({ ...this.#signInPorts, answeringTokenHost: this.#answeringTokenHost });
  }

  /** What the terminal's summary shows: of each token the first ten characters; `null` when nothing is stored. */
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

  /** Refreshes now. Never rejects: how it ended is the answer, and shows in the next snapshot. */
  async refresh(id: string): Promise<RefreshOutcome> {
    this.#state.forgetTold();
    if (!this.#isVouched) {
      const failure = this.#notVouched();
      this.addTrouble(failure);
      return { kind: 'refused', failure };
    }
    return this.#upkeep.refresh(id);
  }

  #notVouched(): Failure {
    return { code: 'runtime-not-vouched', runtime: this.#ports.surroundings.standInRuntime ?? '' };
  }

  /**
   * The access token for a program that asks for one, secret: refreshed first where less than `lasting` milliseconds
   * are left and a refresh is allowed now.
   *
   * @throws FailureError why there is none
   */
  async accessToken(id: string, lasting: number): Promise<string> {
    this.#state.forgetTold();
    return (await this.#upkeep.freshCredential(id, lasting, (each) => this.refresh(each))).accessToken;
  }

  /** Forgets the login on this machine. @throws FailureError what of it could not be forgotten */
  async signOut(id: string): Promise<void> {
    this.#state.forgetTold();
    await this.#upkeep.signOut(id);
    this.dismissSignIn();
  }

  /** Writes rescued credentials to the config file; what still stands in the way shows in the next snapshot. */
  async saveAgain(): Promise<void> {
    this.#state.forgetTold();
    await this.#upkeep.saveAgain();
  }

  /** Puts our copy of an entry that another program removed or replaced back. @throws FailureError */
  async putBack(id: string): Promise<void> {
    this.#state.forgetTold();
    await this.#upkeep.putBack(id);
  }

  /** Writes the end of an account's token so that other programs understand it. @throws FailureError */
  async writeExpiry(id: string): Promise<void> {
    this.#state.forgetTold();
    await this.#upkeep.writeExpiry(id);
  }

  /** Moves the login of an older program's block to where today's programs look. @throws FailureError */
  async takeOverOlderBlock(): Promise<void> {
    this.#state.forgetTold();
    await this.#upkeep.takeOverOlderBlock();
  }

  /** Makes the config file the owner's alone. */
  async restrictConfigFile(): Promise<void> {
    this.#state.forgetTold();
    try {
      await this.#ports.vault.restrictConfigFile();
      await this.#upkeep.reload();
    } catch (error) {
      this.addTrouble(failureOf(error));
    }
  }

  /** Tells of an error that a command met unforeseen. */
  report(error: unknown): void {
    this.addTrouble(failureOf(error));
  }

  /** Tells of a trouble that a face met itself. */
  addTrouble(failure: Failure): void {
    this.#state.tell(failure);
  }

  /** Whether something is under way that must not be cut off: a save, or a refresh whose token may be spent. */
  get isBusy(): boolean {
    return this.#running !== null || this.#upkeep.isBusy;
  }

  /** Ends what is under way; resolves when nothing is left that a quit could cut off. */
  async stop(): Promise<void> {
    this.cancelSignIn();
    await Promise.all([this.#running?.ended, this.#upkeep.stop()]);
    await this.#settingsTurns.take(() => Promise.resolve());
  }

  async #run(attempt: SignIn): Promise<void> {
    const cancel = new AbortController();
    const ended = this.#runSteps(attempt, cancel.signal).finally(() => {
      this.#running = null;
      this.#asked = null;
    });
    this.#running = { cancel, ended };
    await ended;
  }

  async #runSteps(attempt: SignIn, signal: AbortSignal): Promise<void> {
    this.#publish(attempt);
    // Not needed to show the tray, so not on the start-up path.
    const { runSignIn } = await import('./sign-in-run.ts');
    await runSignIn(
      attempt,
      this.#signInPorts,
      {
        onChange: (signIn) => this.#publish(signIn),
        onAsked: (asked) => (this.#asked = asked),
        onStored: () => this.#upkeep.reload(),
      },
      signal,
    );
  }

  get #signInPorts(): SignInPorts & LoginPorts {
    const words = wordsOf(this.snapshot);
    return {
      ...this.#ports,
      endpoints: this.#endpoints,
      http: this.#http,
      onTokenHost: this.#onTokenHost,
      callbackTexts: { locale: words.locale, ...words.signIn.callbackPage },
      callbackPort: this.#ports.surroundings.prescribedPort ?? this.snapshot.settings.callbackPort,
    };
  }

  #publish(signIn: SignIn | null): void {
    this.#state.update({ signIn });
  }
}
