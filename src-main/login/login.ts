import type { Account, Snapshot, Surroundings } from '../domain/snapshot.ts';
import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import { isUnderWay, newSignIn, withEnd, type SignIn } from '../domain/sign-in.ts';
import { areAllLoopback, reachesAnthropic } from '../oauth/endpoints.ts';
import type { StoredCredential, Vault } from '../vault/vault.ts';
import type { SignInPorts } from './sign-in-run.ts';
import { State } from './state.ts';

export interface LoginPorts extends SignInPorts {
  readonly vault: Vault;
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
  #attempts = 0;
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null;
  #authorizationUrl: string | null = null;

  constructor(ports: LoginPorts) {
    this.#ports = ports;
    this.#state = new State({ accounts: [], signIn: null, troubles: [], surroundings: ports.surroundings });
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Reads what is stored. To be called once, before anything else. */
  async start(): Promise<void> {
    await this.#reload();
  }

  /**
   * Starts a sign-in; does nothing while one is under way. Where Anthropic's terms are not acknowledged yet, the
   * attempt waits in phase `terms` for `acknowledgeTerms`. Resolves when the attempt has ended or waits so.
   */
  async signIn(): Promise<void> {
    if (isUnderWay(this.snapshot.signIn)) return;
    this.#attempts += 1;
    const attempt = newSignIn(this.#attempts, DEFAULT_CREDENTIAL_ID);
    const { endpoints, surroundings, vault } = this.#ports;
    if (surroundings.standInRuntime !== null && !areAllLoopback(endpoints)) {
      this.#publish(withEnd(attempt, { code: 'runtime-not-vouched', runtime: surroundings.standInRuntime }));
      return;
    }
    this.#publish(attempt);
    const termsDue = reachesAnthropic(endpoints) && (await vault.readSettings()).termsAcknowledgedAt === null;
    if (termsDue) this.#publish({ ...attempt, phase: 'terms' });
    else await this.#run(attempt);
  }

  /** The person has read the terms: records it and goes on with the attempt that waits for it. */
  async acknowledgeTerms(): Promise<void> {
    const { signIn } = this.snapshot;
    if (signIn?.phase !== 'terms') return;
    try {
      await this.#ports.vault.acknowledgeTerms(this.#ports.clock.now());
    } catch (error) {
      // Not remembered: the person will be asked once more. No reason to refuse what they asked for.
      this.report(error);
    }
    await this.#run({ ...signIn, phase: 'running' });
  }

  /** Ends the attempt under way, at whatever step it is. */
  cancelSignIn(): void {
    const { signIn } = this.snapshot;
    if (signIn?.phase === 'terms') this.#publish(withEnd(signIn, { code: 'sign-in-cancelled' }));
    this.#running?.cancel.abort();
  }

  /** Puts an ended attempt away. */
  dismissSignIn(): void {
    if (!isUnderWay(this.snapshot.signIn)) this.#publish(null);
  }

  /** The URL of the attempt under way, to hand to a browser, a clipboard or a terminal. It holds `state`: a secret. */
  get authorizationUrl(): string | null {
    return this.#authorizationUrl;
  }

  /** Opens the authorization URL once more; does nothing while no attempt waits for the browser. */
  async openBrowserAgain(): Promise<void> {
    if (this.#authorizationUrl === null) return;
    try {
      await this.#ports.openBrowser(this.#authorizationUrl);
    } catch {
      this.addTrouble({ code: 'browser-not-opened' });
    }
  }

  /** What the terminal's summary shows: of each token the first ten characters; `null` when nothing is stored. */
  async summaryFacts(id: string): Promise<SummaryFacts | null> {
    const stored = (await this.#ports.vault.load()).credentials.find(
      ({ credential }) => credential.id === id,
    );
    if (stored === undefined) return null;
    const { accessToken, refreshToken, accessExpiresAt } = stored.credential;
    return {
      accessTokenStart: accessToken.slice(0, 10),
      refreshTokenStart: refreshToken?.slice(0, 10) ?? null,
      accessExpiresAt,
    };
  }

  /** Writes rescued credentials to the config file; what still stands in the way shows in the next snapshot. */
  async saveAgain(): Promise<void> {
    await this.#ports.vault.saveAgain();
    await this.#reload();
  }

  /** Makes the config file the owner's alone. */
  async restrictConfigFile(): Promise<void> {
    try {
      await this.#ports.vault.restrictConfigFile();
      await this.#reload();
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
    const others = this.snapshot.troubles.filter(({ code }) => code !== failure.code);
    this.#state.update({ troubles: [failure, ...others] });
  }

  /** Ends what is under way; resolves when nothing is left that a quit could cut off, a save least of all. */
  async stop(): Promise<void> {
    this.cancelSignIn();
    await this.#running?.ended;
  }

  async #run(attempt: SignIn): Promise<void> {
    const cancel = new AbortController();
    const ended = this.#runSteps(attempt, cancel.signal);
    this.#running = { cancel, ended };
    await ended;
    this.#running = null;
  }

  async #runSteps(attempt: SignIn, signal: AbortSignal): Promise<void> {
    this.#publish(attempt);
    // Not needed to show the tray, so not on the start-up path.
    const { runSignIn } = await import('./sign-in-run.ts');
    await runSignIn(
      attempt,
      this.#ports,
      {
        onChange: (signIn) => this.#publish(signIn),
        onAuthorizationUrl: (url) => (this.#authorizationUrl = url),
        onStored: () => this.#reload(),
      },
      signal,
    );
    this.#authorizationUrl = null;
  }

  #publish(signIn: SignIn | null): void {
    this.#state.update({ signIn });
  }

  async #reload(): Promise<void> {
    const { credentials, troubles } = await this.#ports.vault.load();
    this.#state.update({ accounts: credentials.map(accountOf), troubles });
  }
}

/** An account as the faces may see it: the credential without its secrets, and what we know of its owner. */
function accountOf({ credential, record, storedIn }: StoredCredential): Account {
  return {
    id: credential.id,
    owner: record?.owner ?? null,
    accessIssuedAt: record?.accessIssuedAt ?? null,
    accessExpiresAt: credential.accessExpiresAt,
    loginIssuedAt: record?.loginIssuedAt ?? null,
    loginExpiresAt: record?.loginExpiresAt ?? null,
    refreshable: credential.refreshToken !== null,
    storedIn,
    troubles: [],
  };
}
