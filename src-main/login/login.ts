import type { Check } from '../domain/check.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { LogPlace } from '../domain/log-line.ts';
import { readProxy } from '../domain/proxy.ts';
import { LONGEST_LEAD } from '../domain/refresh-policy.ts';
import type { Settings } from '../domain/settings.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Updates } from '../domain/updates.ts';
import type { Fetch } from '../network/network.ts';
import { AccountDesk, type SummaryFacts } from './account-desk.ts';
import { CatchUp } from './accounts/catch-up.ts';
import { OwnerLookup } from './accounts/owner-lookup.ts';
import { KeyDesk } from './key-desk.ts';
import type { LoginPorts } from './ports.ts';
import { RefreshDesk } from './upkeep/refresh-desk.ts';
import type { RefreshOutcome } from './upkeep/refresh-run.ts';
import { Service } from './service.ts';
import { SignOutDesk, type SignedOut } from './sign-out/sign-out-desk.ts';
import { ServingDesk } from './serving/serving-desk.ts';
import { StorageDesk } from './storage-desk.ts';
import { SettingsDesk } from './settings-desk.ts';
import { SignInDesk } from './sign-in/sign-in-desk.ts';
import { firstSnapshot, State } from './state.ts';
import { StoredLogins } from './accounts/stored-logins.ts';
import { UnderWay } from './under-way.ts';
import { Upkeep, type AccountNotification } from './upkeep/upkeep.ts';

/** The commands, each implemented once for every face by the desk it belongs to, and the state they lead to. */
export class Login {
  readonly #ports: LoginPorts;
  readonly #state: State;
  readonly #underWay = new UnderWay();
  readonly #stored: StoredLogins;
  readonly #service: Service;
  readonly #signIns: SignInDesk;
  readonly #catchUp: CatchUp;
  readonly #refreshes: RefreshDesk;
  readonly #accounts: AccountDesk;
  readonly #upkeep: Upkeep;
  /** What is remembered of the person's choices, and of the window. */
  readonly settings: SettingsDesk;
  /** Tokens for other programs on this computer. */
  readonly serving: ServingDesk;
  readonly keys: KeyDesk;
  readonly signOuts: SignOutDesk;
  readonly storage: StorageDesk;

  constructor(ports: LoginPorts) {
    const state = new State(firstSnapshot(ports.surroundings));
    const underWay = this.#underWay;
    const stored = new StoredLogins(ports, state);
    this.settings = new SettingsDesk(ports, state, stored);
    const service = new Service(ports, state, this.settings);
    const owners = new OwnerLookup(ports, service, stored);
    const catchUp = new CatchUp(ports, stored, owners, underWay);
    const refreshes = new RefreshDesk(ports, state, stored, owners, service, underWay);
    this.#signIns = new SignInDesk(ports, state, stored, service);
    this.#accounts = new AccountDesk(ports, state, stored, catchUp, refreshes, underWay);
    this.signOuts = new SignOutDesk(ports, state, stored, service, underWay);
    this.#upkeep = new Upkeep(ports, state, { stored, catchUp, refreshes, owners, service, underWay });
    this.serving = new ServingDesk(ports, state, { stored, refreshes, underWay });
    this.storage = new StorageDesk(ports, state, stored, catchUp, refreshes, underWay);
    this.keys = new KeyDesk(ports, state, stored, service, underWay);
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#service = service;
    this.#catchUp = catchUp;
    this.#refreshes = refreshes;
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Calls back when a person has to know something that cannot wait until they look; the answer ends it. */
  onNotification(listener: (notification: AccountNotification) => void): () => void {
    return this.#upkeep.onNotification(listener);
  }

  /** Reads what is stored. To be called once, before anything else. */
  async start(): Promise<void> {
    await Promise.all([this.settings.read(), this.#stored.reload()]);
  }

  /** As `start`, for one command of a process that does not stay: with what other programs wrote taken over first. */
  async catchUp(): Promise<void> {
    await this.settings.read();
    await this.#catchUp.run();
  }

  /** From now on the logins are kept alive and other programs' changes noticed, until `stop`. */
  keep(): void {
    this.#upkeep.watch();
    void this.#accounts.lookAtHealth();
    if (this.#service.refusal === null) this.#upkeep.keep();
  }

  /** Looks whether anything is due: worth calling whenever time may have passed unnoticed. */
  look(): void {
    this.settings.look();
    this.#upkeep.look();
    this.#accounts.lookAgainAtHealth();
  }

  /** The machine is about to sleep: no renewal is begun that this would cut off. */
  suspend(): void {
    this.#upkeep.sleep();
  }

  /** The machine has slept. */
  async resume(): Promise<void> {
    await this.#upkeep.wake('resume');
  }

  /** Changes the settings; on disk when this resolves. What cannot be done is among the troubles. */
  async changeSettings(settings: Settings): Promise<void> {
    this.#state.beginCommand();
    const { proxy } = this.snapshot.settings;
    await this.settings.change(settings);
    await this.serving.lookAtSettings();
    const { use, address } = this.snapshot.settings.proxy;
    if (use !== proxy.use || address !== proxy.address) await this.#upkeep.retry();
  }

  /** Keeps the password of the proxy at this address. @throws FailureError `keychain-unavailable`: until the end of this process */
  async keepProxyPassword(address: string, password: string): Promise<void> {
    const proxy = readProxy(address);
    if (typeof proxy === 'string') return;
    try {
      await this.#ports.proxies.keepPassword(proxy, password);
    } finally {
      await this.#upkeep.retry();
    }
  }

  /** Has the system start the app at login, or not. */
  setStartAtLogin(on: boolean): void {
    this.#state.beginCommand();
    this.settings.setStartAtLogin(on);
  }

  /** Puts the `latchkey` command on the path, or takes it off. What cannot be done is among the troubles. */
  async setCommandOnPath(on: boolean): Promise<void> {
    this.#state.beginCommand();
    await this.settings.setCommandOnPath(on);
  }

  /**
   * Starts a sign-in; does nothing while one is under way. Where Anthropic's terms are not acknowledged yet, the
   * attempt waits in phase `terms` for `acknowledgeTerms`. Resolves when the attempt has ended or waits so.
   *
   * @param accountId `null`: for one account more, whoever approves
   * @param options `pasting`: the person brings the code over, and nobody listens for the browser
   */
  async signIn(accountId?: string | null, options: { readonly pasting?: boolean } = {}): Promise<void> {
    this.signOuts.dismiss();
    await this.#signIns.signIn(accountId, options.pasting);
    this.settings.endFirstVisit();
  }

  /** The person has read the terms: records it and goes on with the attempt that waits for it. */
  async acknowledgeTerms(): Promise<void> {
    await this.#signIns.acknowledgeTerms();
  }

  /** Ends the attempt under way, at whatever step it is. */
  cancelSignIn(): void {
    this.#signIns.cancel();
  }

  /** Puts an ended attempt away. */
  dismissSignIn(): void {
    this.#signIns.dismiss();
  }

  /** The URL of the attempt under way, to hand to a browser, a clipboard or a terminal. It holds `state`: a secret. */
  get authorizationUrl(): string | null {
    return this.#signIns.authorizationUrl;
  }

  /** Opens the page that shows a code to copy, for when the browser cannot come back to this machine. */
  async pasteCodeInstead(): Promise<void> {
    await this.#signIns.pasteCodeInstead();
  }

  /** The answer that a person copied: a whole address, `code#state`, or a query string. A problem shows in the attempt. */
  submitCode(text: string): void {
    this.#signIns.submitCode(text);
  }

  /** Opens the authorization URL once more; does nothing while no attempt waits for the browser. */
  async openBrowserAgain(): Promise<void> {
    await this.#signIns.openBrowserAgain();
  }

  /** Looks at everything that a login depends on, and stores nothing. Never rejects. */
  async checkUp(): Promise<readonly Check[]> {
    const { checkUp } = await import('./check-up.ts');
    const { vault, settings, network } = this.#ports;
    const { answeringTokenHost } = this.settings;
    const checks = await checkUp({ ...this.#signIns.runPorts, vault, settings, network, answeringTokenHost });
    const { packageKind } = this.snapshot.surroundings;
    const version = this.#ports.userAgent.split('/').at(-1);
    return [{ part: 'package', about: `${version} (${packageKind})`, failures: [] }, ...checks];
  }

  /** What the terminal's summary shows: of each token the first ten characters; `null` when nothing is stored. */
  async summaryFacts(id: string): Promise<SummaryFacts | null> {
    return this.#accounts.summaryFacts(id);
  }

  /** Refreshes now. Never rejects: how it ended is the answer, and shows in the next snapshot. */
  async refresh(id: string): Promise<RefreshOutcome> {
    this.#state.beginCommand();
    return this.#refreshes.refresh(id, LONGEST_LEAD);
  }

  /**
   * The access token for a program that asks for one, secret: refreshed first where less than `lasting` milliseconds
   * are left and a refresh is allowed now.
   *
   * @throws FailureError why there is none
   */
  async accessToken(id: string, lasting: number): Promise<string> {
    this.#state.beginCommand();
    return (await this.#refreshes.freshCredential(id, lasting)).accessToken;
  }

  /**
   * Forgets the login on this machine, and has the service asked to revoke it, where it is ours alone to revoke.
   *
   * @throws FailureError what of it could not be forgotten
   */
  async signOut(id: string): Promise<SignedOut> {
    this.#state.beginCommand();
    this.signOuts.dismiss();
    const signedOut = await this.signOuts.signOut(id);
    this.dismissSignIn();
    return signedOut;
  }

  /** Writes rescued credentials to the config file; what still stands in the way shows in the next snapshot. */
  async saveAgain(): Promise<void> {
    this.#state.beginCommand();
    await this.#catchUp.saveAgain();
  }

  /** Puts our copy of an entry that another program removed or replaced back. @throws FailureError */
  async putBack(id: string): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.putBack(id);
  }

  /**
   * Writes the end of an account's token as other programs understand it; where nobody knows that end, renews the token
   * for one.
   *
   * @throws FailureError what stands in the way of writing
   */
  async writeExpiry(id: string): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.writeExpiry(id);
  }

  /** Of ids with the very same login keeps this one and takes the others out. @throws FailureError what stands in the way */
  async keepOne(id: string): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.keepOne(id);
  }

  /** Adds the login of an older program's block where today's programs look; the block stays. @throws FailureError */
  async takeOverOlderBlock(): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.takeOverOlderBlock();
  }

  /** Makes the config file the owner's alone. */
  async restrictConfigFile(): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.restrictConfigFile();
  }

  /** Has git ignore the config file, on this computer alone. @throws FailureError `config-not-writable` */
  async excludeFromGit(): Promise<void> {
    this.#state.beginCommand();
    await this.#accounts.excludeFromGit();
  }

  /** Tells of an error that a command met unforeseen, and notes it. */
  report(error: unknown, place: LogPlace = 'login'): void {
    this.#ports.reportError(place, error);
    this.addTrouble(failureOf(error));
  }

  /** The way out, for what is no login's business. */
  get fetch(): Fetch {
    return this.#ports.network.fetch;
  }

  /** What is known of newer versions. */
  showUpdates(updates: Updates): void {
    this.#state.update({ updates });
  }

  /** Tells of a trouble that a face met itself. */
  addTrouble(failure: Failure): void {
    this.#state.addCommandTrouble(failure);
  }

  /** Whether something is under way that must not be cut off: a save, or a refresh whose token may be spent. */
  get isBusy(): boolean {
    return this.#signIns.isBusy || this.#underWay.isBusy;
  }

  /** Ends what is under way; resolves when nothing is left that a quit could cut off: a refresh could end the login. */
  async stop(): Promise<void> {
    this.#upkeep.stop();
    this.signOuts.stop();
    await this.serving.stop();
    this.keys.stop();
    await Promise.all([this.#signIns.stop(), this.#underWay.ended()]);
    await this.settings.ended();
  }
}
