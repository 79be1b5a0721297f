import type { Failure } from '../../domain/failure.ts';
import { withStep, type SignIn, type SignInStepId, type SignInStepStatus } from '../../domain/sign-in.ts';

/** An attempt while it runs: each change makes a new immutable `SignIn`, told at once. */
export class SignInAttempt {
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal;
  readonly #onChange: (signIn: SignIn) => void;
  #signIn: SignIn;

  constructor(start: SignIn, onChange: (signIn: SignIn) => void, signal: AbortSignal) {
    this.#signIn = start;
    this.#onChange = onChange;
    this.signal = signal;
  }

  get signIn(): SignIn {
    return this.#signIn;
  }

  change(changes: Partial<SignIn>): void {
    this.#signIn = { ...this.#signIn, ...changes };
    this.#onChange(this.#signIn);
  }

  /** One step has another status; `changes` that come with it are told in the same moment. */
  step(
    id: SignInStepId,
    status: SignInStepStatus,
    notice: Failure | null = null,
    changes: Partial<SignIn> = {},
  ): void {
    this.change({ ...withStep(this.#signIn, id, status, notice), ...changes });
  }

  statusOf(id: SignInStepId): SignInStepStatus | undefined {
    return this.#signIn.steps.find((each) => each.id === id)?.status;
  }
}
