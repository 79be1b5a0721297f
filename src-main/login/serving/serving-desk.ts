import type { Serving } from '../../agent/server.ts';
import { failureOf } from '../../domain/failure.ts';
import { SECOND } from '../../domain/instant.ts';
import type { Permission, ServingState } from '../../domain/serving.ts';
import { Turns } from '../../vault/files/turns.ts';
import type { LoginPorts } from '../ports.ts';
import type { State } from '../state.ts';
import type { TokenDesk, TokenDeskHands } from './token-desk.ts';

const SHOW_INTERVAL = SECOND;

type ServingPorts = Pick<LoginPorts, 'agent' | 'userAgent' | 'vault' | 'clock' | 'reportError'>;

/** Where tokens are served: at a path, or on a socket that is open there already. */
export interface ServingPlace {
  readonly path: string;
  readonly fd: number | null;
}

/** Opens and closes the socket at which programs get tokens. What it takes is loaded when somebody wants that. */
export class ServingDesk {
  readonly #ports: ServingPorts;
  readonly #state: State;
  readonly #hands: TokenDeskHands;
  /** Opening and closing, one after the other. */
  readonly #turns = new Turns();
  #desk: TokenDesk | null = null;
  #serving: Serving | null = null;
  /** Whether the settings decide. */
  #isFollowing = false;
  #isShowing = false;
  /** In this turn of the event loop, and whether others came since. */
  #areQuestionsShown = false;
  #areQuestionsStale = false;

  constructor(ports: ServingPorts, state: State, hands: TokenDeskHands) {
    this.#ports = ports;
    this.#state = state;
    this.#hands = hands;
  }

  /** Where tokens are served, where nobody says otherwise. */
  get path(): string {
    return this.#ports.agent.path;
  }

  /** From now on tokens are served to programs on this computer whenever the settings say so, until `stop`. */
  async follow(): Promise<void> {
    this.#isFollowing = true;
    await this.lookAtSettings();
  }

  /** The settings may say something else now. */
  async lookAtSettings(): Promise<void> {
    if (!this.#isFollowing) return;
    const isWanted = this.#state.snapshot.settings.agent.serve;
    if (isWanted && this.#state.snapshot.serving === null) await this.open(null);
    else if (!isWanted) await this.stop();
  }

  /** @param place `null`: the usual one. How it went is in the snapshot. */
  async open(place: ServingPlace | null): Promise<void> {
    await this.#turns.take(() => this.#open(place ?? { path: this.#ports.agent.path, fd: null }));
  }

  async #open({ path, fd }: ServingPlace): Promise<void> {
    if (this.#serving !== null) return;
    this.#show({ path, kind: 'opening', failure: null });
    const { agent, userAgent: program, reportError } = this.#ports;
    try {
      const [{ serve }, { TokenDesk: Desk }] = await Promise.all([
        import('../../agent/server.ts'),
        import('./token-desk.ts'),
      ]);
      const questions = await agent.loadQuestions?.();
      this.#desk ??= new Desk(
        this.#ports,
        this.#state,
        this.#hands,
        questions === undefined
          ? null
          : new questions.Questions(this.#ports.clock, () => this.#showQuestions()),
        () => this.#showSoon(),
      );
      this.#serving = await serve(this.#desk, {
        path,
        fd,
        server: `${program} (${agent.name}, PID ${process.pid})`,
        reportError: (error) => reportError('login', error),
      });
      this.#show({ path, kind: 'open', failure: null });
    } catch (error) {
      this.#show({ path, kind: 'failed', failure: failureOf(error) });
    }
  }

  /** Nobody gets a token from now on, until it is opened again. */
  async pause(): Promise<void> {
    if (this.#state.snapshot.serving === null) return;
    await this.#close(true);
  }

  /** The same for good. */
  async stop(): Promise<void> {
    await this.#close(false);
    if (this.#state.snapshot.serving !== null) this.#state.update({ serving: null });
  }

  /** See `Questions.answer`. */
  answer(question: number, permission: Permission): void {
    this.#desk?.answer(question, permission);
  }

  async #close(isPaused: boolean): Promise<void> {
    await this.#turns.take(async () => {
      const serving = this.#serving;
      this.#serving = null;
      await serving?.close();
      await this.#desk?.end();
      const { path } = this.#state.snapshot.serving ?? this.#ports.agent;
      if (isPaused) this.#show({ path, kind: 'paused', failure: null });
    });
  }

  #show(state: Pick<ServingState, 'path' | 'kind' | 'failure'>): void {
    const { handedOut = [], questions = [] } = this.#desk ?? {};
    this.#state.update({ serving: { ...state, handedOut, questions } });
  }

  /** Whoever asks all the time does not have every face drawn as often. */
  #showSoon(): void {
    if (this.#isShowing) return;
    this.#isShowing = true;
    this.#ports.clock.after(SHOW_INTERVAL, () => {
      this.#isShowing = false;
      this.#showDesk();
    });
  }

  /** Many come and end in one turn of the event loop, and each showing takes all faces' time: the first is shown, and the last. */
  #showQuestions(): void {
    this.#areQuestionsStale = this.#areQuestionsShown;
    if (this.#areQuestionsShown) return;
    this.#areQuestionsShown = true;
    this.#showDesk();
    setImmediate(() => {
      this.#areQuestionsShown = false;
      if (this.#areQuestionsStale) this.#showDesk();
    });
  }

  #showDesk(): void {
    const { serving } = this.#state.snapshot;
    if (serving !== null) this.#show(serving);
  }
}
