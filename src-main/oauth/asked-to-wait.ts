import { FailureError, type Failure } from '../domain/failure.ts';

/** The service processed nothing and asks to come again later (RFC 6585 section 4, RFC 9110 section 15.6.4). */
export class AskedToWait extends FailureError {
  /** `null`: it does not say how long. */
  readonly seconds: number | null;

  constructor(failure: Failure, seconds: number | null) {
    super(failure);
    this.seconds = seconds;
  }
}
