import { DEFAULT_CREDENTIAL_ID } from '../../domain/credential.ts';
import { failureOf } from '../../domain/failure.ts';
import { languageOf } from '../../domain/snapshot.ts';
import { isUnderWay, newSignIn, withEnd, type SignIn } from '../../domain/sign-in.ts';
import { reachesAnthropic } from '../../oauth/endpoints.ts';
import { CALLBACK_PAGES } from '../../words/callback-page-words.ts';
import type { Asked } from './approval.ts';
import type { LoginPorts } from '../ports.ts';
import type { Service } from '../service.ts';
import type { SignInPorts } from './sign-in-run.ts';
import type { State } from '../state.ts';
import type { StoredLogins } from '../accounts/stored-logins.ts';

/** The attempts to sign in, one at a time. Its promises are those of `Login`'s methods. */
export class SignInDesk {
  readonly #ports: LoginPorts;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #service: Service;
  #attempts = 0;
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null;
  #asked: Asked | null = null;

  constructor(ports: LoginPorts, state: State, stored: StoredLogins, service: Service) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#service = service;
  }

  /** Whether a run is under way, which may be about to save. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  async signIn(accountId: string | null = DEFAULT_CREDENTIAL_ID, pasting = false): Promise<void> {
    if (isUnderWay(this.#signIn)) return;
    this.#state.beginCommand();
    this.#attempts += 1;
    const attempt: SignIn = { ...newSignIn(this.#attempts, accountId), pasting };
    const { refusal } = this.#service;
    if (refusal !== null) {
      this.#publish(withEnd(attempt, refusal));
      return;
    }
    this.#publish(attempt);
    try {
      const isDue = await this.#areTermsDue();
      // Cancelled meanwhile, perhaps.
      if (this.#signIn !== attempt) return;
      if (isDue) this.#publish({ ...attempt, phase: 'terms' });
      else await this.#run(attempt);
    } catch (error) {
      this.#publish(withEnd(attempt, failureOf(error)));
    }
  }

  async #areTermsDue(): Promise<boolean> {
    const { endpoints, settings } = this.#ports;
    return reachesAnthropic(endpoints) && (await settings.read()).termsAcknowledgedAt === null;
  }

  async acknowledgeTerms(): Promise<void> {
    const signIn = this.#signIn;
    if (signIn?.phase !== 'terms') return;
    const going: SignIn = { ...signIn, phase: 'running' };
    // At once, so that a second click finds nothing that waits.
    this.#publish(going);
    try {
      await this.#ports.settings.save({ termsAcknowledgedAt: this.#ports.clock.now() });
    } catch (error) {
      // Not remembered: the person will be asked once more. No reason to refuse what they asked for.
      this.#state.addCommandTrouble(failureOf(error));
    }
    if (this.#signIn === going) await this.#run(going);
  }

  cancel(): void {
    const signIn = this.#signIn;
    if (this.#running !== null) this.#running.cancel.abort();
    else if (signIn !== null && isUnderWay(signIn)) {
      this.#publish(withEnd(signIn, { code: 'sign-in-cancelled' }));
    }
  }

  dismiss(): void {
    if (!isUnderWay(this.#signIn)) this.#publish(null);
  }

  get authorizationUrl(): string | null {
    return this.#asked?.url() ?? null;
  }

  async pasteCodeInstead(): Promise<void> {
    try {
      await this.#asked?.pasteInstead();
    } catch {
      this.#state.addCommandTrouble({ code: 'browser-not-opened' });
    }
  }

  submitCode(text: string): void {
    this.#asked?.submit(text);
  }

  async openBrowserAgain(): Promise<void> {
    const url = this.authorizationUrl;
    if (url === null) return;
    try {
      await this.#ports.openBrowser(url);
    } catch {
      this.#state.addCommandTrouble({ code: 'browser-not-opened' });
    }
  }

  /** Cancels; resolves when nothing of an attempt is left. */
  async stop(): Promise<void> {
    this.cancel();
    await this.#running?.ended;
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
      this.runPorts,
      {
        onChange: (signIn) => this.#publish(signIn),
        onAsked: (asked) => (this.#asked = asked),
        onStored: () => this.#stored.reload(),
      },
      signal,
    );
  }

  /** What a run is made over, as the settings have it now. */
  get runPorts(): SignInPorts {
    const { vault, clock, reportError, openBrowser, surroundings } = this.#ports;
    const { snapshot } = this.#state;
    return {
      ...this.#service.present,
      vault,
      clock,
      reportError,
      openBrowser,
      callbackTexts: CALLBACK_PAGES[languageOf(snapshot)],
      callbackPort: surroundings.prescribedPort ?? snapshot.settings.callbackPort,
    };
  }

  get #signIn(): SignIn | null {
    return this.#state.snapshot.signIn;
  }

  #publish(signIn: SignIn | null): void {
    this.#state.update({ signIn });
  }
}
